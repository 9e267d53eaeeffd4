#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# layout_test.sh UNFIX MODEL SPLICE: files that are more than their text.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# word ATTRIBUTES WORD, for each word of `dirty` in hOCR or ALTO.
words() { tr ' ' '\n' | sed "s|..*|$1|"; }
{
    echo "<?xml version='1.0' encoding='UTF-8'?>"
    echo "<html><body><div class='ocr_page'><span class='ocr_line'>"
    words "<span class='ocrx_word' title='bbox 1 2 3 4'>&</span>" <dirty
    echo "</span></div></body></html>"
} >page.hocr
{
    printf '<alto>\r\n<TextLine>\r\n'
    words '<String CONTENT="&" WC="0.5"/>' <dirty
    echo '</TextLine></alto>'
} >page.xml
i=0
while [ $i -lt 2000 ]; do
    printf '{"id": %d, "text": "la cooperaci\\u00e9n internacional", ' $i
    printf '"note": "la cooperacién", "x": [1e0]}\n'
    i=$((i + 1))
done | sed '1000s/}$//' >records

text_of() { sed 's/<ALTERNATIVE.*ALTERNATIVE>//; s/; x_unfix[^'"'"']*//' "$1"; }

test_hocr() {
    sed 's/cooperacién/cooperación/; s/organizacidn/organización/' \
        page.hocr >want
    run page.hocr && is_silent && text_of out | cmp -s - want &&
        grep -q 'x_unfix_original "cooperacién"; x_unfix_conf 9' out
}
test_alto() {
    run page.xml && is_silent && grep -q 'CONTENT="cooperación" WC="0.5"><ALT' \
        out && grep -q '>cooperacién</ALTERNATIVE></String>' out
}
test_pipe() {
    run page.hocr && cp out want && run <page.hocr && writes want &&
        run -j1 page.hocr && writes want && run -j3 page.hocr dirty page.hocr &&
        cat want repaired want | cmp -s - out
}
test_as_text() {
    run --input=text page.xml && is_silent && ! grep -q ALTERNATIVE out
}
test_report() {
    rm -f r && run page.hocr && cp out want &&
        run --report=r page.hocr page.xml && cp page.hocr page.xml d &&
        run --apply=r page.hocr && writes want && run page.xml && cp out want2 &&
        run --apply=r page.xml && writes want2 && mkdir -p back &&
        cp want back/page.hocr && (cd back && cp ../want2 page.xml) &&
        cd back && run --revert=../r page.hocr page.xml
    cd "$folder" || return 1
    cat page.hocr page.xml | cmp -s - back/out
}
test_report_rejected() {
    sed 's/"verdict":"applied"/"verdict":"rejected"/' r >r2
    run --apply=r2 page.hocr && writes page.hocr
}
# The edits are what is made: another replacement would be passed over.
test_report_replacement() {
    sed 's/"replacement":"cooperación"/"replacement":"corporación"/' r >r2
    run --apply=r2 page.hocr
    refuses
}
test_modes() {
    run --check page.xml
    [ $status -eq 1 ] && cp page.xml a.xml && run page.xml && cp out want &&
        run -i a.xml && cmp -s a.xml want && run --format=diff page.xml &&
        cp page.xml got && patch -s --binary got out && cmp -s got want &&
        run --format=jsonl page.xml && grep -q '"edits":\[{"offset":' out &&
        run --explain page.hocr && grep -q cooperación out
}
test_records() {
    run records
    [ $status -eq 2 ] && says 'unfix: records:1000: no valid JSON object' &&
        sed '1000!s/u00e9n/u00f3n/' records | cmp -s - out &&
        cp out want && run -j1 records && [ $status -eq 2 ] &&
        cmp -s out want
}
# As one document their texts are repaired as the paragraphs of one are.
test_records_document() {
    python3 -c 'import json
text = " ".join(open("dirty").read().split())
for i in range(1500):
    print(json.dumps({"doc": i // 3, "text": f"{text} {i}."}))' >many &&
        run -j3 --document=doc many && is_silent && cp out joined &&
        run -j1 --document=doc <many && writes joined &&
        python3 -c 'import json, sys
for line in list(open(sys.argv[1]))[1200:1203]:
    print(json.loads(line)["text"], end="\n\n")' many >three && run three && cp out want3 && python3 -c 'import json
for line in list(open("joined"))[1200:1203]:
    print(json.loads(line)["text"], end="\n\n")' | cmp -s - want3
}
test_records_document_broken() {
    { head -n 2 records && echo '{"doc":7' && tail -n 1 records; } |
        sed 's/^{"id"/{"doc":7,"id"/' >four && run --document=doc four
    [ $status -eq 2 ] && says 'unfix: four:3: no valid JSON object' && cp out joined &&
        run four
    [ $status -eq 2 ] && cmp -s out joined
}
test_records_output() {
    rm -f o && run -o o records
    [ $status -eq 2 ] && cmp -s o want
}
test_records_field() {
    printf '{"text": "la cooperacién", "a": {"b": "la cooperacién"}}\n' >deep
    run --field=a.b deep && is_silent &&
        [ "$(cat out)" = '{"text": "la cooperacién", "a": {"b": "la cooperación"}}' ]
}
# An encoding of one byte a letter; one of two.
test_encodings() {
    sed 's/UTF-8/ISO-8859-1/' page.hocr >u && iconv -t latin1 u >l &&
        run l && is_silent && iconv -f latin1 out >got && grep -q cooperación got &&
        { printf '\377\376' && iconv -t utf-16le page.xml; } >w && run w &&
        is_silent && tail -c +3 out | iconv -f utf-16le | cmp -s - want2 &&
        rm -f r && run --report=r w && cp out got && run --apply=r w &&
        writes got && run --revert=r got && writes w
}
test_asked() {
    run --input=alto page.hocr
    [ $status -eq 2 ] && cmp -s out page.hocr && says_one_line
}
test_left_alone() {
    for text in '<?xml version="1.0"?><x>la cooperacién de la</x>' \
        '[{"text": "la cooperacién"}]' '\documentclass{a} la cooperacién'; do
        printf '%s\n' "$text" >x
        run x
        [ $status -eq 0 ] && cmp -s out x && says_one_line || return 1
    done
}
test_unknown() {
    run --input=doc dirty
    refuses && grep -q "none of auto, text, hocr" err
}

check 'hOCR' test_hocr
check 'ALTO' test_alto
check 'through a pipe, in threads' test_pipe
check 'as text' test_as_text
check 'a report, there and back' test_report
check 'a report with other verdicts' test_report_rejected
check 'a report with other words' test_report_replacement
check 'each way to show it' test_modes
check 'records, one broken' test_records
check 'records of one document' test_records_document
check 'records of one document, one broken' test_records_document_broken
check 'records to a file' test_records_output
check 'a field within a field' test_records_field
check 'encodings' test_encodings
check 'another format than asked for' test_asked
check 'formats that are not read' test_left_alone
check 'an unknown format' test_unknown
finish
