/* The small languages of rule files: what is refused, where, in which words; and what is read
 * at the bounds of that. */
#include "base/buf.h"
#include "rules/pattern.h"

#include "with_arena.h"

#include <stdio.h>
#include <string.h>

/* The first finding as "COLUMN: TEXT", counted from the pattern's first byte, or "". */
typedef struct finding {
    char text[300];
    int start;
} finding;

static void note_first(void *user, const rg_message *message)
{
    finding *first = user;
    if (!first->text[0])
        snprintf(first->text, sizeof first->text, "%d: %.*s",
                 message->column - first->start, RG_PRINT(message->text));
}

/* Loads a file with the pattern in double quotes, behind `before`. */
static finding load(const rg_rules **rules, const char *before, const char *pattern,
                    const char *behind)
{
    rg_buf text = rg_buf_in(arena);
    rg_buf_text(&text, before);
    const char *line = strrchr(before, '\n');
    finding first = {.start = (int)strlen(line ? line + 1 : before) + 2};
    rg_buf_format(&text, "\"%s\"%s\n", pattern, behind);
    rg_file file = {.path = RG_STR("test.yaml"), .text = rg_buf_str(&text)};
    rg_rules_request request = {.texts = &file, .text_count = 1};
    rg_error err = {0};
    bool ok =
        rg_rules_load(rules, arena, &request, (rg_reporter){note_first, &first}, &err);
    assert_int_equal(ok, first.text[0] == '\0');
    return first;
}

/* All that differs is shown before the test fails. */
static int differences;

static void expect_finding(const char *before, const char *pattern, const char *behind,
                           const char *wanted)
{
    const rg_rules *rules = NULL;
    finding first = load(&rules, before, pattern, behind);
    rg_rules_free(rules);
    if (strcmp(first.text, wanted) == 0)
        return;
    differences++;
    print_error("%.80s: expected \"%s\", got \"%s\"\n", pattern, wanted, first.text);
}

static void assert_no_difference(void)
{
    int found = differences;
    differences = 0;
    assert_int_equal(found, 0);
}

static void assert_finding(const char *before, const char *pattern, const char *behind,
                           const char *wanted)
{
    expect_finding(before, pattern, behind, wanted);
    assert_no_difference();
}

/* Pieces, repeated. */
static const char *many(const char *piece, int count)
{
    rg_buf text = rg_buf_in(arena);
    for (int i = 0; i < count; i++)
        rg_buf_format(&text, piece, i, i);
    return rg_arena_str(arena, rg_buf_str(&text)).bytes;
}

/* ---- Paths and constraints -------------------------------------------------------------- */

static const char path_head[] = "relgraph: 1\n"
                                "lists: {cat: [lion]}\n"
                                "types: {org: {pos: PROPN}}\n"
                                "derive:\n"
                                "  'OBL:{p}': ['v >prep=p >pobj']\n"
                                "  X: [";

static void assert_path(const char *path, const char *wanted)
{
    assert_finding(path_head, path, "]", wanted);
}

static void a_wrong_path_is_told_with_its_place(void **state)
{
    (void)state;
    const struct {
        const char *path, *wanted;
    } cases[] = {
        {"v >nsubj", ""},
        {">nsubj", "0: expected a name"},
        {"v >(", "4: expected an edge label"},
        {"v >(nsubj|)", "10: expected an edge label"},
        {"v >(nsubj | dobj )", ""},
        {"v >(nsubj dobj)", "10: expected '|' or ')' in labels"},
        {"v >OBL:*", ""},
        {"v >OBL:of", ""},
        {"v >OBL:1", "7: expected a sub-label or '*' behind 'OBL:'"},
        {"v >OBL", "3: edge 'OBL' always has a sub-label"},
        {"v >OBB", "3: unknown derived edge 'OBB'"},
        {"v >nsubject", "3: unknown dependency label 'nsubject'"},
        {"v >qqqqqqqqqqqqqqq", "3: unknown dependency label 'qqqqqqqqqqqqqqq'"},
        {"v >/^ns/", ""},
        {"v >/^ns", "3: regular expression without its end"},
        {"v >/(/ >nsubj",
         "5: regular expression: missing closing parenthesis (at byte 1)"},
        {"v (>nsubj", "9: expected '|' or ')' in the group"},
        {"v (>nsubj | >dobj)", ""},
        {"v (>nsubj{)", "10: expected a number"},
        {"v (>nsubj){", "11: expected a number"},
        {"v >nsubj{", "9: expected a number"},
        {"v >nsubj{2", "10: expected '}'"},
        {"v >nsubj{2,", "11: expected a number"},
        {"v >nsubj{2,}", ""},
        {"v >nsubj{2,x}", "11: expected a number"},
        {"v >nsubj{2,1}", "9: the second number is smaller than the first"},
        {"v >nsubj{100}", "9: the number is above 99"},
        {"v >nsubj{0,99}", ""},
        {"v >nsubj=", "8: expected a name behind '='"},
        {"v >nsubj )", "9: cannot read ')' here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_finding(path_head, cases[i].path, "]", cases[i].wanted);
    assert_no_difference();
}

static void a_path_has_so_many_names_and_no_more(void **state)
{
    (void)state;
    char wanted[60];
    rg_str full = rg_arena_format(arena, "v%s", many(" =n%d", RG_MAX_SLOTS - 1));
    rg_str more = rg_arena_format(arena, "%.*s =last", RG_PRINT(full));
    snprintf(wanted, sizeof wanted, "%d: more than %d names", full.len + 1,
             RG_MAX_SLOTS);
    assert_path(full.bytes, "");
    assert_path(more.bytes, wanted);
}

static void a_wrong_constraint_is_told_with_its_place(void **state)
{
    (void)state;
    const struct {
        const char *path, *wanted;
    } cases[] = {
        {"v[]", ""},
        {"v[,]", "2: expected a value: word, POS, :type, $list, /regex/, 'text'"},
        {"v[=x]", "2: expected a value: word, POS, :type, $list, /regex/, 'text'"},
        {"v[text=]", "7: expected a value: word, POS, :type, $list, /regex/, 'text'"},
        {"v[a", "3: expected ',' or ']' in the constraint that begins with '[a'"},
        {"v[a b c d e f g h]",
         "4: expected ',' or ']' in the constraint that begins with '[a b c d e f'"},
        {"v[morph.=x]", "2: unknown attribute 'morph.'"},
        {"v[morph.N=x]", ""},
        {"v[mood!=x]", "2: unknown attribute 'mood'"},
        {"v[text!=x, tag=VBD|VBN, dep=nsubj, ent=ORG, shape=xx, lower=x]", ""},
        {"v[pos=VERBS]", "6: unknown part of speech 'VERBS'"},
        {"v[QQQQQQQQQQQQQQQ]", "2: unknown part of speech 'QQQQQQQQQQQQQQQ'"},
        {"v[pos='']", ""},
        {"v[pos='QQ']", "6: unknown part of speech 'QQ'"},
        {"v[tag=VBQQQQQQQQQ]", "6: unknown tag 'VBQQQQQQQQQ'"},
        {"v[ent=ORGG]", "6: unknown kind of name 'ORGG'"},
        {"v[dep=x]", "6: unknown dependency label 'x'"},
        {"v[:org]", ""},
        {"v[:orgs]", "2: unknown type ':orgs'"},
        {"v[:org~]", "6: no file says what '~' stands for"},
        {"v[$cat|:org]", ""},
        {"v[$cats]", "2: unknown list '$cats'"},
        {"v['it''s']", ""},
        {"v['it", "2: string without its end"},
        {"v['take  over']", ""},
        {"v[' over']", ""},
        {"v[text='take over', lemma='take over', phrase='take over']", ""},
        {"v[text=/a\\\\", "7: regular expression without its end"},
        {"v[text=/a\\\\/b/]", ""},
        {"v[text=//]", "8: regular expression: it is empty (at byte 0)"},
        {"v[text=/a*/]",
         "8: regular expression: it matches the empty text, so it holds of every word"
         " (at byte 0)"},
        {"v[text=/a(*FAIL)/]",
         "9: regular expression: verbs '(*...)' are not allowed (at byte 1)"},
        {"v[text=/a(?C)/]",
         "9: regular expression: callouts '(?C)' are not allowed (at byte 1)"},
        {"v[text=/(?:(?:abcdefgh){90}){90}/]",
         "32: regular expression: regular expression is too large (at byte 24)"},
        {"v[text=/(?<=a{255})b/]", ""},
        {"v[text=/(?<=a{256})b/]",
         "8: regular expression: looks back more than 255 characters (at byte 0)"},
        {"v[text=/a/, tag=/a/, text=/b/, text=/a/i]", ""},
        {"v[has]", "5: expected a step such as >nsubj after 'has'"},
        {"v[has >]", ""},
        {"v[has >nsubj{]", "13: expected a number"},
        {"v >nsubj=a[before v]", ""},
        {"v >nsubj=a[before x]", "18: nothing is bound to the name 'x'"},
        {"v[before]", ""},
        {"v[within 3]", "10: expected a name"},
        {"v >nsubj=a[within 3 v]", ""},
        {"v[within 3 x]", "11: nothing is bound to the name 'x'"},
        {"v[within 300 v]", "9: the number is above 99"},
        {"v[shorter 300]", "10: the number is above 99"},
        {"v[shorter 3, longer 1]", ""},
        {"v >nsubj=a[between v [text=',']]", ""},
        {"v[between x [text=',']]", "10: nothing is bound to the name 'x'"},
        {"v >nsubj=a[between v]", "20: expected a constraint on what stands between"},
        {"v >nsubj=a[between v [pos=QQ]]", "26: unknown part of speech 'QQ'"},
        {"v >nsubj=a[same tag v]", ""},
        {"v[same mood v]", "7: unknown attribute 'mood'"},
        {"v[same tag x]", "11: nothing is bound to the name 'x'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_finding(path_head, cases[i].path, "]", cases[i].wanted);
    assert_no_difference();
}

static void constraints_nest_so_deep_and_no_deeper(void **state)
{
    (void)state;
    for (int depth = 1; depth < 40; depth++) {
        const char *path = rg_arena_format(arena, "v%s[x]%s",
                                           many("[between v ", depth), many("]", depth))
                               .bytes;
        const rg_rules *rules = NULL;
        finding first = load(&rules, path_head, path, "]");
        rg_rules_free(rules);
        if (first.text[0]) {
            assert_non_null(strstr(first.text, "nested deeper than "));
            assert_true(depth > 4);
            return;
        }
    }
    fail_msg("%s", "constraints nest without end");
}

static void a_match_is_one_constraint(void **state)
{
    (void)state;
    const char *head = "relgraph: 1\nrules:\n  - rule: r\n"
                       "    args: {a: v >nsubj, b: v >dobj}\n    relation: x\n"
                       "    match: {v: ";
    assert_finding(head, "[VERB]", "}", "");
    assert_finding(head, "[VERB] x", "}", "7: cannot read 'x' here");
    assert_finding(head, "VERB", "}", "0: expected '['");
    assert_finding(head, "[pos=QQ]", "}", "5: unknown part of speech 'QQ'");
}

/* ---- Surface patterns ------------------------------------------------------------------- */

static const char text_head[] =
    "relgraph: 1\n"
    "lists: {cat: [lion, tiger], mark: ['!'], long: [big cat, lion]}\n"
    "types: {name: {pos: PROPN}, org: {ent: ORG}}\n"
    "output: {joint: $cat}\n"
    "rules:\n"
    "  - {rule: r, subject: verb, object: verb, text: ";

/* What is behind such a pattern: a relation that uses what the pattern binds. */
static const char *text_tail(const char *pattern)
{
    static const char *const names[] = {"<org", "<x:", "=x"}, *const tails[] = {
                                                                  "{subject?}", "{x?}",
                                                                  "{x?}"};
    for (int i = 0; i < 3; i++)
        if (strstr(pattern, names[i]))
            return rg_arena_format(arena, ", relation: '%sr'}", tails[i]).bytes;
    return ", relation: r}";
}

static void assert_pattern(const char *pattern, const char *wanted)
{
    assert_finding(text_head, pattern, text_tail(pattern), wanted);
}

static void a_wrong_surface_pattern_is_told_with_its_place(void **state)
{
    (void)state;
    const struct {
        const char *pattern, *wanted;
    } cases[] = {
        {"a", ""},
        {"a ? b", "2: unexpected '?' in the pattern"},
        {"a = b", "2: unexpected '=' in the pattern"},
        {"a= b", "1: expected a name behind '='"},
        {"a)", "1: ')' without its '('"},
        {"(a", "0: '(' without its ')'"},
        {"(a))", "3: ')' without its '('"},
        {"()", "1: expected a word, slot, [constraint] or group"},
        {"a |", "3: expected a word, slot, [constraint] or group"},
        {"(?x)", "0: unknown kind of group"},
        {"(?=a", "0: '(' without its ')'"},
        {"a (?=b?)", "2: the lookaround always fits, whatever stands there"},
        {"a (?=b)?", "7: a lookaround cannot be repeated"},
        {"(?<=a) b (?!c) d (?<!e) f", ""},
        {"a (?=<name>)", ""},
        {"a (?=<x:org>)", "5: nothing in a lookaround is kept, so 'x' names nothing"},
        {"a?", "0: the pattern may match nothing"},
        {"(a?)* b", "4: what is repeated may match nothing"},
        {"a{0} b", "1: a part that never stands there"},
        {"a{ b", "2: expected a number"},
        {"<org", "4: expected '>' at the end of the slot"},
        {"<>", "1: expected a type"},
        {"<x:>", "3: expected a type"},
        {"<orgs>", "1: unknown type 'orgs'"},
        {"<qqqqqqqqqqqq>", "1: unknown type 'qqqqqqqqqqqq'"},
        {"<org|name~> a", ""},
        {"<org?> a <name+> b", "0: nothing uses the name 'object'"},
        {"<org?> a (?=<org>)", ""},
        {"<org | orgs>", "7: unknown type 'orgs'"},
        {"<x:org> <x:org>", "8: the name 'x' is bound twice"},
        {"(<x:org>)+", "9: a name cannot stand for what is repeated"},
        {"<org>=x", "5: only a word, text, list, constraint or regular expression takes"
                    " '=x'"},
        {"(a b)=x", "5: only a word, text, list, constraint or regular expression takes"
                    " '=x'"},
        {"''", "0: a quoted text is not empty, and no blank is at its ends"},
        {"' a'", "0: a quoted text is not empty, and no blank is at its ends"},
        {"'a", "0: string without its end"},
        {"'big bad cat'", ""},
        {"$cat", ""},
        {"$mark a", ""},
        {"$long", ""},
        {"$cats", "0: unknown list '$cats'"},
        {"$\xc3\xa9", "0: unknown list '$\xc3\xa9'"},
        {"$ 5 $5 a$", ""},
        {"/a/ b", ""},
        {"/a b", "0: regular expression without its end"},
        {"[lower=\xc3\xa9t\xc3\xa9|a] \xc3\xa9", ""},
        {"[text=a, lemma=b|/c/, !c, VERB]", ""},
        {"[has >nsubj=n] a [before n]", "25: nothing is bound to the name 'n'"},
        {"a=verb [after verb]", ""},
        {"<x:org>? a [after x]", "18: nothing is bound to the name 'x'"},
        {"[pos=QQ]", "5: unknown part of speech 'QQ'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_finding(text_head, cases[i].pattern, text_tail(cases[i].pattern),
                       cases[i].wanted);
    assert_no_difference();
}

static void groups_nest_sixteen_deep(void **state)
{
    (void)state;
    for (int depth = 15; depth <= 17; depth++)
        assert_pattern(
            rg_arena_format(arena, "%sa%s", many("(", depth), many(")", depth)).bytes,
            depth > 16 ? "16: nested deeper than 16" : "");
}

/* A pattern is a program of 2,000 moves at most, its end among them. `count` moves, then
 * what takes `more`: it is refused exactly where they are too many. */
static void a_pattern_has_so_many_moves_and_no_more(void **state)
{
    (void)state;
    const struct {
        const char *more;
        int moves;
    } cases[] = {
        {"", 0},      {" a", 1},   {" a?", 2},    {" a{1,2}", 3}, {" a*", 3},
        {" a+", 4},   {" | b", 3}, {" (?=a)", 3}, {" <org+>", 5}, {" <org?>", 2},
        {" $cat", 1}, {" [x]", 1}, {" /x/", 1},   {" 'x y'", 1},  {" (a | b)", 4},
    };
    enum { MOST = 2000 };
    const char *all = many("a ", 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int count = MOST - 7; count <= MOST; count++) {
            const char *pattern =
                rg_arena_format(arena, "(%s){99} %s%s", all,
                                many("a ", count - 20 * 99), cases[i].more)
                    .bytes;
            const rg_rules *rules = NULL;
            finding first = load(&rules, text_head, pattern, text_tail(pattern));
            bool fits = count + cases[i].moves + 1 <= MOST;
            if (fits != !first.text[0])
                fail_msg("%d moves and '%s': %s", count, cases[i].more, first.text);
            assert_true(fits || strstr(first.text, "more than 2000 steps"));
            if (fits)
                assert_int_equal(rules->rules[0].surface->count,
                                 count + cases[i].moves + 1);
            rg_rules_free(rules);
        }
}

/* The same where several patterns are one program: a split and a jump between two. */
static void patterns_of_a_rule_share_their_moves(void **state)
{
    (void)state;
    const char *head = rg_arena_format(arena, "%s[b, ", text_head).bytes;
    for (int count = 1990; count <= 2000; count++)
        for (int first = 0; first < 2; first++) {
            const char *pattern = rg_arena_format(arena, "(%s){99} %s", many("a ", 20),
                                                  many("a ", count - 20 * 99))
                                      .bytes;
            const rg_rules *rules = NULL;
            finding found =
                first ? load(&rules, rg_arena_format(arena, "%s[", text_head).bytes,
                             pattern, ", b], relation: r}")
                      : load(&rules, head, pattern, "], relation: r}");
            assert_int_equal(!found.text[0], count + 4 <= 2000);
            rg_rules_free(rules);
        }
}

/* What a sentence must hold for a pattern to be tried: its rarest word, as far as that is
 * one of 256 at most. */
static void a_pattern_needs_its_rarest_words(void **state)
{
    (void)state;
    const char *numbers = many("|w%d", 256) + 1;
    const struct {
        const char *pattern;
        int count;
        const char *first; /* of the words */
    } cases[] = {
        {"of elephants", 1, "elephants"},
        {"elephants of", 1, "elephants"},
        {"'of big elephants'", 1, "elephants"},
        {"'elephants of'", 1, "elephants"},
        {"of | elephants", 2, "of"},
        {"of | a?  b", 2, "of"},
        {"of | [VERB]", 0, NULL},
        {"[VERB] | of", 0, NULL},
        {"(of)? elephants", 1, "elephants"},
        {"[VERB]", 0, NULL},
        {"[text=x]", 0, NULL},
        {"[!x]", 0, NULL},
        {"[x|VERB]", 0, NULL},
        {"[lemma=x|yy]", 2, "x"},
        {"[yy|x] [VERB]", 2, "yy"},
        {"[lower=yy] x", 1, "yy"},
        {"$cat", 2, "lion"},
        {"$mark", 0, NULL},
        {"(?=elephants) [NOUN]", 1, "elephants"},
        {"(?!elephants) [NOUN]", 0, NULL},
        {"\xc3\xa9t\xc3\xa9 of", 1, "\xc3\xa9t\xc3\xa9"},
        {rg_arena_format(arena, "[%s]", numbers).bytes, 256, "w0"},
        {rg_arena_format(arena, "[%s|x]", numbers).bytes, 0, NULL},
        {rg_arena_format(arena, "[%s] | x", numbers).bytes, 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rg_rules *rules = NULL;
        finding first = load(&rules, text_head, cases[i].pattern, ", relation: r}");
        assert_string_equal(first.text, "");
        const rg_surface *made = rules->rules[0].surface;
        if (made->word_count != cases[i].count)
            fail_msg("%.60s: %d words", cases[i].pattern, made->word_count);
        if (cases[i].first)
            assert_true(
                rg_str_is(rg_map_key(rules->symbols, made->words[0]), cases[i].first));
        rg_rules_free(rules);
    }
}

static void long_lists_are_not_needed_word_by_word(void **state)
{
    (void)state;
    for (int count = 255; count <= 257; count++) {
        const char *head =
            rg_arena_format(arena,
                            "relgraph: 1\nlists:\n  cat: [%s]\nrules:\n  - {rule: r, "
                            "relation: r, subject: verb, object: verb, text: ",
                            many(",c%d", count) + 1)
                .bytes;
        const rg_rules *rules = NULL;
        load(&rules, head, "$cat", "}");
        assert_int_equal(rules->rules[0].surface->word_count, count > 256 ? 0 : count);
        rg_rules_free(rules);
    }
}

static void a_surface_rule_has_so_many_names_and_no_more(void **state)
{
    (void)state;
    const char *behind = ", relation: r}";
    const char *text = many("<n%d:org> ", RG_MAX_SLOTS);
    const rg_rules *rules = NULL;
    finding first = load(&rules, text_head, text, behind);
    char wanted[60];
    snprintf(wanted, sizeof wanted, "%d: more than %d names in a rule",
             (int)(strstr(text, rg_arena_format(arena, "<n%d:", RG_MAX_SLOTS - 1).bytes)
                   - text),
             RG_MAX_SLOTS);
    assert_string_equal(first.text, wanted);
}

/* ---- Phrases ---------------------------------------------------------------------------- */

static const char phrase_head[] = "relgraph: 1\n"
                                  "lists: {cat: [lion]}\n"
                                  "types: {org: {ent: ORG}, person: {ent: PERSON}}\n"
                                  "relations:\n"
                                  "  acquires: ";

/* In a text with escapes the place is that of the text. */
static void a_wrong_phrase_is_told_with_its_place(void **state)
{
    (void)state;
    const struct {
        const char *phrase, *wanted;
    } cases[] = {
        {"<org> acquires", "0: a phrase needs two slots"},
        {"<org> <org>", "0: a phrase needs a word between its slots"},
        {"<orgg> acquires <org>", "1: unknown type '<orgg>'"},
        {"<qqqqqqqqq> acquires <org>", "1: unknown type '<qqqqqqqqq>'"},
        {"<a:orgg> acquires <org>", "3: unknown type '<orgg>'"},
        {"<org|orgg> acquires <org>", "5: unknown type '<orgg>'"},
        {"<org~|person> acquires <org>", "5: expected '>' at the slot's end"},
        {"<org acquires <org>", "4: expected '>' at the slot's end"},
        {"<> acquires <org>", "0: expected a type in the slot"},
        {"<a:> acquires <org>", "0: expected a type in the slot"},
        {"<org>? acquires <org>", "5: '?' stands inside the slot"},
        {"<a:org> acquires <a:org>", "17: the phrase has the name 'a' twice"},
        {"<org> $cats <org>", "6: unknown list '$cats'"},
        {"<org> \\\"acquires <org>", "-1: quoted word without its end"},
        {"<org> \\\"\\\" <org>", "-1: quoted word without its end"},
        {"<org> (acquires <org>", "21: expected '|' or ')'"},
        {"<org> acquires ) <org>", "15: cannot read ')' here"},
        {"<org> acquires | <org>", "15: cannot read '|' here"},
        {"<org> (a (b (c (d (e))))) <org>", "18: groups nest deeper than 4"},
        {"<org> (a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b) x <org>",
         "0: more than 32 ways to choose from the phrase's groups"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_finding(phrase_head, cases[i].phrase, "", cases[i].wanted);
    assert_no_difference();
}

/* What ends a word of a phrase: the parts of this one are found, or it would be refused. */
static void words_of_phrases_end_at_signs(void **state)
{
    (void)state;
    const char *phrase = "<org> buys<person> (up|out)and(in)? $cat\tor$cat of <org>";
    assert_finding(phrase_head, phrase, "", "");
    assert_finding(phrase_head, "<org> a<b> <org>", "", "8: unknown type '<b>'");
    assert_finding(phrase_head, "<org> a$b <org>", "", "7: unknown list '$b'");
    assert_finding(phrase_head, "<org> a) <org>", "", "7: cannot read ')' here");
    assert_finding(phrase_head, "<org> a| <org>", "", "7: cannot read '|' here");
    assert_finding(phrase_head, "<org> a(b <org>", "", "15: expected '|' or ')'");
}

/* The hidden name of its verb is one of them. */
static void a_phrase_has_so_many_names_and_no_more(void **state)
{
    (void)state;
    assert_finding(phrase_head,
                   rg_arena_format(arena, "%sis", many("<n%d:org> ", 33)).bytes, "",
                   rg_arena_format(arena, "%d: more than 32 names",
                                   (int)strlen(many("<n%d:org> ", 31)))
                       .bytes);
}

/* ---- The file around them ---------------------------------------------------------------- */

typedef struct told {
    const char *id;
    int count, column;
} told;

static void count_id(void *user, const rg_message *message)
{
    told *all = user;
    if (strcmp(message->id, all->id) == 0 && all->count++ == 0)
        all->column = message->column;
}

/* How often this is told of a file. */
static told count_told(const char *id, const char *text)
{
    told all = {.id = id};
    const rg_rules *rules = NULL;
    rg_file file = {.path = RG_STR("test.yaml"), .text = rg_str_of(text)};
    rg_rules_request request = {.texts = &file, .text_count = 1};
    rg_error err = {0};
    rg_rules_load(&rules, arena, &request, (rg_reporter){count_id, &all}, &err);
    rg_rules_free(rules);
    return all;
}

static void characters_that_turn_the_text_are_told_once(void **state)
{
    (void)state;
    const struct {
        const char *character;
        bool turns;
    } cases[] = {
        {"\xe2\x80\xa9", false}, {"\xe2\x80\xaa", true},  {"\xe2\x80\xae", true},
        {"\xe2\x80\xaf", false}, {"\xe2\x81\xa5", false}, {"\xe2\x81\xa6", true},
        {"\xe2\x81\xa9", true},  {"\xe2\x81\xaa", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *c = cases[i].character;
        told found = count_told(
            "bidi",
            rg_arena_format(arena, "relgraph: 1\nlists: {a: ['%s', '%s']}\n", c, c)
                .bytes);
        assert_int_equal(found.count, cases[i].turns);
        assert_int_equal(found.column, cases[i].turns ? 14 : 0);
    }
}

static void text_that_a_comment_cuts_is_told(void **state)
{
    (void)state;
    const struct {
        const char *end;
        int column;
    } cases[] = {
        {"ranked #1 by Forbes", 0}, {"ranked it #1 by Forbes", 14},
        {"ranked it   #1", 16},     {"ranked it # 1", 0},
        {"ranked it #", 0},         {"ranked it#1", 0},
        {"'ranked it' #1", 0},      {"ranked it #-- 1", 0},
        {"ranked it ", 0},          {"ranked it", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text =
            rg_arena_format(arena, "relgraph: 1\nx: %s", cases[i].end).bytes;
        assert_int_equal(count_told("cut-by-comment", text).column, cases[i].column);
    }
}

static void a_key_that_stands_twice_is_told_twenty_times(void **state)
{
    (void)state;
    const char *text = rg_arena_format(arena, "relgraph: 1\nlists:\n%s",
                                       many("  a%d: [x]\n  a%d: [x]\n", 30))
                           .bytes;
    assert_int_equal(count_told("duplicate-key", text).count, 20);
}

static void a_slot_has_so_many_types_and_no_more(void **state)
{
    (void)state;
    const char *types = many("org|", RG_MAX_SLOT_TYPES);
    char wanted[60];
    snprintf(wanted, sizeof wanted, "%d: more than %d types in a slot",
             1 + (int)strlen(types), RG_MAX_SLOT_TYPES);
    assert_finding(phrase_head,
                   rg_arena_format(arena, "<%sorg> acquires <org>", types).bytes, "",
                   wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_path_is_told_with_its_place),
        cmocka_unit_test(a_path_has_so_many_names_and_no_more),
        cmocka_unit_test(a_wrong_constraint_is_told_with_its_place),
        cmocka_unit_test(constraints_nest_so_deep_and_no_deeper),
        cmocka_unit_test(a_match_is_one_constraint),
        cmocka_unit_test(a_wrong_surface_pattern_is_told_with_its_place),
        cmocka_unit_test(groups_nest_sixteen_deep),
        cmocka_unit_test(a_pattern_has_so_many_moves_and_no_more),
        cmocka_unit_test(patterns_of_a_rule_share_their_moves),
        cmocka_unit_test(a_pattern_needs_its_rarest_words),
        cmocka_unit_test(long_lists_are_not_needed_word_by_word),
        cmocka_unit_test(a_surface_rule_has_so_many_names_and_no_more),
        cmocka_unit_test(a_wrong_phrase_is_told_with_its_place),
        cmocka_unit_test(words_of_phrases_end_at_signs),
        cmocka_unit_test(a_phrase_has_so_many_names_and_no_more),
        cmocka_unit_test(characters_that_turn_the_text_are_told_once),
        cmocka_unit_test(text_that_a_comment_cuts_is_told),
        cmocka_unit_test(a_key_that_stands_twice_is_told_twenty_times),
        cmocka_unit_test(a_slot_has_so_many_types_and_no_more),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
