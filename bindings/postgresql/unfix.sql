-- SPDX-License-Identifier: MPL-2.0
-- What CREATE EXTENSION unfix makes.  The same text gives the same for the same
-- version of library and model: that is IMMUTABLE as far as an index is
-- concerned, which is to be made anew with another version.

CREATE FUNCTION unfix(body text, options text DEFAULT '') RETURNS text
    AS 'MODULE_PATHNAME', 'unfix_repair'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;

COMMENT ON FUNCTION unfix(text, text) IS
    'the repaired text; options as of the filter: only=accent min-confidence=900';

CREATE FUNCTION unfix_report(
        body text,
        options text DEFAULT '',
        OUT "position" integer,
        OUT characters integer,
        OUT byte_offset integer,
        OUT byte_length integer,
        OUT out_byte_offset integer,
        OUT out_byte_length integer,
        OUT original text,
        OUT replacement text,
        OUT confidence integer,
        OUT bar integer,
        OUT verdict text,
        OUT class text,
        OUT reason text,
        OUT held_back text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'unfix_report'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;

COMMENT ON FUNCTION unfix_report(text, text) IS
    'a row for each correction of the text, made or not';

CREATE FUNCTION unfix_tsvector(config regconfig, body text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 20000
    BEGIN ATOMIC
        SELECT to_tsvector(config, unfix(body)) || strip(to_tsvector(config,
            coalesce(string_agg(original, ' '), '')))
        FROM unfix_report(body) WHERE verdict = 'applied';
    END;

COMMENT ON FUNCTION unfix_tsvector(regconfig, text) IS
    'lexemes of the repaired text at their places, and of what stood there';
