# SPDX-License-Identifier: MPL-2.0
"""Builds the extension in one of two ways.

UNFIX_BUILD=FOLDER: links the static library of a build tree of this project,
and puts its model and the ICU and Hunspell that it needs into the package, so
that nothing else has to be installed.  Without it: links the installed library,
which pkg-config knows, for distributions.
"""

import os
import re
import shutil
import subprocess

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("UNFIX_BUILD")


def pkg_config(*arguments):
    output = subprocess.check_output(["pkg-config", *arguments], text=True)
    return output.split()


def version():
    with open(os.path.join(ROOT, "include", "unfix.h"), encoding="utf-8") as f:
        return re.search(r'VERSION_STRING "([^"]+)"', f.read()).group(1)


def needed(library):
    """The files of the shared libraries that come along."""
    wanted = re.compile(r"(libicu\w+|libhunspell\S*)\.so\S* => (\S+)")
    output = subprocess.check_output(["ldd", library], text=True)
    return [match.group(2) for match in wanted.finditer(output)]


class BuildWithModel(build_py):
    def run(self):
        super().run()
        if not BUILD:
            return
        folder = os.path.join(self.build_lib, "unfix", "bundled")
        os.makedirs(folder, exist_ok=True)
        shutil.copy(os.path.join(BUILD, "share", "unfix", "es.unfix"), folder)
        for file in needed(os.path.join(BUILD, "lib", "libunfix.so")):
            shutil.copy(file, folder)


if BUILD:
    flags = ["-I" + os.path.join(ROOT, "include")]
    # An RPATH, which counts for the libraries of libraries too.
    links = [
        os.path.join(BUILD, "lib", "libunfix.a"),
        *pkg_config("--libs", "icu-uc", "hunspell"),
        "-Wl,--disable-new-dtags,-rpath,$ORIGIN/bundled",
        "-Wl,--exclude-libs,ALL",
    ]
else:
    flags = pkg_config("--cflags", "unfix")
    links = pkg_config("--libs", "unfix")

setup(
    version=version(),
    ext_modules=[
        Extension(
            "unfix._unfix",
            sources=[
                "src/module.c",
                "src/model.c",
                "src/result.c",
                "src/stream.c",
                "src/evidence.c",
                "src/encoding.c",
            ],
            depends=["src/binding.h"],
            extra_compile_args=["-std=c17", *flags],
            extra_link_args=links,
            py_limited_api=True,
        )
    ],
    cmdclass={"build_py": BuildWithModel},
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
