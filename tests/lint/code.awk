# SPDX-License-Identifier: MPL-2.0
# Prints C sources as FILE:LINE:CODE with comments, strings and character
# constants blanked, so that a lint reads code and nothing else.
FNR == 1 { in_comment = 0 }
{
    line = $0
    code = ""
    while (line != "") {
        if (in_comment) {
            end = index(line, "*/")
            if (end == 0)
                break
            in_comment = 0
            code = code " "
            line = substr(line, end + 2)
        } else if (match(line, /^"([^"\\]|\\.)*"/)) {
            code = code "\"\""
            line = substr(line, RLENGTH + 1)
        } else if (match(line, /^'([^'\\]|\\.)+'/)) {
            code = code "''"
            line = substr(line, RLENGTH + 1)
        } else if (substr(line, 1, 2) == "/*") {
            in_comment = 1
            line = substr(line, 3)
        } else if (substr(line, 1, 2) == "//") {
            break
        } else if (match(line, /^[^"'\/]+/)) {
            code = code substr(line, 1, RLENGTH)
            line = substr(line, RLENGTH + 1)
        } else {
            code = code substr(line, 1, 1)
            line = substr(line, 2)
        }
    }
    print FILENAME ":" FNR ":" code
}
