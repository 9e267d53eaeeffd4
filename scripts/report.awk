# SPDX-License-Identifier: MPL-2.0
# Shows a report of the filter (JSON lines) to people: a repair a line, and how
# many were doubted or refused, and left as they were.

# The value of a key of this line, without quotes; the keys before it stand in
# a fixed order, and no string holds a bare quote.
function field(key,    value) {
    if (!match($0, "\"" key "\":(\"([^\"\\\\]|\\\\.)*\"|[^,}]*)"))
        return ""
    value = substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3)
    if (value ~ /^"/)
        value = substr(value, 2, length(value) - 2)
    return value
}
field("end") == "true" {
    next # what text the lines before are of
}
{
    if (field("verdict") != "applied") {
        left++
        next
    }
    printf "  %5.1f %%  %-11s  %s -> %s  (%s)\n", field("confidence") / 10,
        field("class"), field("original"), field("replacement"),
        field("reason")
    repaired++
}
END {
    printf "%d repaired; %d more doubted or refused, and left as they were\n",
        repaired, left
}
