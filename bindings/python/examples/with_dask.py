# SPDX-License-Identifier: MPL-2.0
"""The same over partitions, in threads: the library lets the interpreter go."""

import dask.dataframe as dd
import pandas as pd

from with_pandas import repaired

if __name__ == "__main__":
    frame = pd.DataFrame({"text": ["La cooperacién internacional"] * 1000})
    parts = dd.from_pandas(frame, npartitions=8)
    column = parts["text"].map_partitions(repaired, meta=("text", "object"))
    print(column.compute(scheduler="threads").value_counts().to_dict())
