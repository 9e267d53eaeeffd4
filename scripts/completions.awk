# SPDX-License-Identifier: MPL-2.0
# completions.awk: reads unfix --help=all, writes the completion for `shell`.

/^  -., --/ || /^      --/ { begin($0); next }
/^Classes of repairs:/ { list = "class"; option = 0; next }
/^Formats:/ { list = "format"; option = 0; next }
/^$/ { list = ""; option = 0; next }
list == "class" && /^  '/ {
    for (i = 1; i <= NF; i++)
        if ($i ~ /^'.*'$/)
            values[list] = values[list] " " substr($i, 2, length($i) - 2)
    next
}
list != "" { gsub(/,/, " "); values[list] = values[list] " " $0; next }
option > 0 && /^          / {
    text[option] = trim(text[option] " " trim($0))
}

function trim(string) {
    gsub(/^ +| +$/, "", string)
    return string
}

function begin(line,    words) {
    option = ++count
    letter[option] = line ~ /^  -/ ? substr(line, 4, 1) : ""
    sub(/^ *(-., )?--/, "", line)
    split(line, words, " ")
    text[option] = trim(substr(line, length(words[1]) + 1))
    name[option] = words[1]
    sub(/[\[=].*/, "", name[option])
    argument[option] = substr(words[1], length(name[option]) + 1)
    is_optional[option] = argument[option] ~ /^\[/
    gsub(/[\[\]=]|,.*/, "", argument[option])
}

# What may be its argument: words, "file", "folder", "class", or nothing.
function find_values(i,    found, rest) {
    is_kind[i] = 1
    if (argument[i] == "CLASS")
        return "class"
    if (argument[i] == "FORMAT" && text[i] ~ /see below/)
        return "format"
    if (argument[i] ~ /^(FILE|REPORT|BASE)$/)
        return "file"
    if (argument[i] == "DIR")
        return "folder"
    is_kind[i] = 0
    if (argument[i] ~ /^[a-z]/)
        return argument[i]
    if (argument[i] !~ /^(FORMAT|WHEN|LEVEL)$/)
        return ""
    rest = text[i]
    while (match(rest, /'[a-z]+'/)) {
        found = found " " substr(rest, RSTART + 1, RLENGTH - 2)
        rest = substr(rest, RSTART + RLENGTH)
    }
    return trim(found)
}

END {
    for (kind in values) {
        values[kind] = trim(values[kind])
        gsub(/  +/, " ", values[kind])
    }
    for (i = 1; i <= count; i++)
        what[i] = find_values(i)
    if (shell == "bash")
        write_bash()
    else if (shell == "zsh")
        write_zsh()
    else
        write_fish()
}

# ---- bash --------------------------------------------------------------------

# The long name, and the short one where an argument may follow it.
function pattern(i) {
    return "--" name[i] \
        (letter[i] != "" && !is_optional[i] ? " | -" letter[i] : "")
}

# A case that fills COMPREPLY with what compgen makes of these arguments.
function write_case(patterns, arguments, more) {
    if (patterns == "")
        return
    print "    " patterns ")"
    print "        mapfile -t COMPREPLY < <(compgen " arguments ")"
    if (more != "")
        print "        " more
    print "        return"
    print "        ;;"
}

function write_bash(    i, words, of) {
    for (i = 1; i <= count; i++) {
        words = words (i > 1 ? " " : "") "--" name[i] \
            (argument[i] != "" && !is_optional[i] ? "=" : "")
        if (what[i] == "file" || what[i] == "folder")
            of[what[i]] = of[what[i]] (of[what[i]] != "" ? " | " : "") pattern(i)
    }
    print "# SPDX-License-Identifier: MPL-2.0"
    print "# Completion of unfix's options for bash; made by scripts/completions."
    print ""
    print "_unfix() {"
    print "    local current=${COMP_WORDS[COMP_CWORD]} option='' before=''"
    print ""
    print "    # bash has cut --name=value into three words."
    print "    if [[ $current == = ]]; then"
    print "        option=${COMP_WORDS[COMP_CWORD - 1]} current=''"
    print "    elif ((COMP_CWORD > 1)); then"
    print "        option=${COMP_WORDS[COMP_CWORD - 1]}"
    print "        [[ $option != = ]] || option=${COMP_WORDS[COMP_CWORD - 2]}"
    print "    fi"
    print "    # After a comma another one."
    print "    [[ $current != *,* ]] || before=${current%,*},"
    print "    COMPREPLY=()"
    print "    case $option in"
    write_case(of["file"], "-f -- \"$current\"", "compopt -o filenames 2>/dev/null")
    write_case(of["folder"], "-d -- \"$current\"", "compopt -o filenames 2>/dev/null")
    for (i = 1; i <= count; i++)
        if (what[i] == "class")
            write_case(pattern(i), "-P \"$before\" -W '" fold(values["class"]) \
                "' -- \"${current##*,}\"")
        else if (what[i] !~ /^(file|folder)?$/)
            write_case(pattern(i), "-W '" \
                fold(is_kind[i] ? values[what[i]] : what[i]) "' -- \"$current\"")
    print "    esac"
    print "    if [[ $current == -* ]]; then"
    print "        mapfile -t COMPREPLY < <(compgen -W '" fold(words) "' \\"
    print "            -- \"$current\")"
    print "        [[ ${COMPREPLY[*]-} != *= ]] || compopt -o nospace 2>/dev/null"
    print "    else"
    print "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
    print "        compopt -o filenames 2>/dev/null"
    print "    fi"
    print "}"
    print "complete -F _unfix unfix"
}

# Long lists of words, in lines.
function fold(string,    words, n, i, line, all) {
    n = split(string, words, " ")
    for (i = 1; i <= n; i++) {
        if (length(line) + length(words[i]) > 60) {
            all = all line "\n            "
            line = ""
        }
        line = line (line != "" ? " " : "") words[i]
    }
    return all line
}

# ---- zsh ---------------------------------------------------------------------

# What zsh's _arguments would read otherwise.
function zsh_text(string) {
    gsub(/'/, "'\\''", string)
    gsub(/\[/, "\\[", string)
    gsub(/\]/, "\\]", string)
    gsub(/:/, "\\:", string)
    return string
}

function zsh_action(i) {
    if (argument[i] == "")
        return ""
    if (what[i] == "file")
        return ":" argument[i] ":_files"
    if (what[i] == "folder")
        return ":" argument[i] ":_files -/"
    if (what[i] == "class")
        return ":" argument[i] ":_values -s , class " values["class"]
    if (what[i] == "")
        return ":" argument[i] ": "
    return ":" argument[i] ":(" (is_kind[i] ? values[what[i]] : what[i]) ")"
}

function write_zsh(    i, long, spec) {
    print "#compdef unfix"
    print "# SPDX-License-Identifier: MPL-2.0"
    print "# Completion of unfix's options for zsh; made by scripts/completions."
    print ""
    print "_arguments -S \\"
    for (i = 1; i <= count; i++) {
        long = "--" name[i] (argument[i] == "" ? "" : is_optional[i] ? "=-" : "=")
        spec = "[" zsh_text(text[i]) "]" \
            (is_optional[i] && argument[i] != "" ? ":" : "") zsh_action(i)
        if (letter[i] != "")
            print "    '-" letter[i] (argument[i] != "" && !is_optional[i] ? "+" : "") \
                "[" zsh_text(text[i]) "]" (is_optional[i] ? "" : zsh_action(i)) "' \\"
        print "    '*" long spec "' \\"
    }
    print "    '*:file:_files'"
}

# ---- fish --------------------------------------------------------------------

function fish_text(string) {
    gsub(/\\/, "\\\\", string)
    gsub(/'/, "\\'", string)
    return string
}

function write_fish(    i, line) {
    print "# SPDX-License-Identifier: MPL-2.0"
    print "# Completion of unfix's options for fish; made by scripts/completions."
    print ""
    for (i = 1; i <= count; i++) {
        line = "complete -c unfix" (letter[i] != "" ? " -s " letter[i] : "") \
            " -l " name[i] " -d '" fish_text(text[i]) "'"
        if (argument[i] != "" && !is_optional[i])
            line = line (what[i] == "file" ? " -r" : " -x")
        if (what[i] == "folder")
            line = line " -a '(__fish_complete_directories)'"
        else if (what[i] == "class")
            line = line " -a '(__fish_append , " values["class"] ")'"
        else if (what[i] != "" && what[i] != "file")
            line = line " -a '" (is_kind[i] ? values[what[i]] : what[i]) "'"
        print line
    }
}
