/* surface_test.c - patterns over words: what they become, and where they fit. */
#include "by_hand.h"

#include "extract/surface.h"

/* "The zoo keeps wild animals, such as lions, tigers and bears." */
static const char zoo[] =
    "The/DT/det/1 zoo/NN/nsubj/2 keeps:keep/VBZ/ROOT/2 wild/JJ/amod/4 "
    "animals:animal/NNS/dobj/2 ^,/,/punct/4 such/JJ/amod/7 as/IN/prep/4 "
    "lions:lion/NNS/pobj/7 ^,/,/punct/8 tigers:tiger/NNS/conj/8 and/CC/cc/10 "
    "bears:bear/NNS/conj/10 ^././punct/2";

/* "Jane Smith, London-born, met Bob Lee." */
static const char jane[] =
    "Jane/NNP/compound/1/B-PERSON Smith/NNP/nsubj/7/I-PERSON ^,/,/punct/1 "
    "London/NNP/npadvmod/5/B-GPE ^-/HYPH/punct/5 ^born:bear/VBN/acl/1 ^,/,/punct/1 "
    "met:meet/VBD/ROOT/7 Bob/NNP/compound/9/B-PERSON Lee/NNP/dobj/7/I-PERSON "
    "^././punct/7";

static const char head[] =
    "lists: {joint: [\",\", and], edge: [the], cat: [lion, tiger]}\n"
    "types: {name: {pos: PROPN}, person: {is: name, ent: PERSON}, place: {ent: GPE},\n"
    "        thing: {pos: [NOUN, PROPN]}}\n"
    "output: {np: [head, head >(compound|amod|det)], edge: $edge, joint: $joint}\n";

/* A rule with this pattern, which uses the names a and b if it binds them. */
static const rg_surface *load_pattern(const char *pattern)
{
    bool a = strstr(pattern, "<a:") || strstr(pattern, "=a");
    use_rules(rg_arena_format(arena,
                              "%srules:\n  - {rule: r, relation: \"%s%sr\", text: "
                              "\"%s\", subject: verb, object: verb}\n",
                              head, a ? "{a?}" : "",
                              strstr(pattern, "<b:") ? "{b?}" : "", pattern)
                  .bytes);
    return rules->rules[0].surface;
}

/* The matches of a pattern as "FIRST-END name=FIRST-END/HEAD ...; ...". */
static const char *fits(const char *pattern, const char *notation)
{
    const rg_surface *program = load_pattern(pattern);
    sentence *s = load_sentence(notation);
    surface_matches found = surface_find(s, arena, program, NULL);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < found.count; i++) {
        const surface_match *match = &found.items[i];
        rg_buf_format(&out, "%s%d-%d", i ? "; " : "", match->first, match->end);
        for (const surface_filler *f = match->last; f; f = f->before)
            rg_buf_format(&out, " %.*s=%d-%d/%d",
                          RG_PRINT(rules->rules[0].slots.names[f->slot]), f->first,
                          f->end, f->head);
    }
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

#define assert_fits(pattern, notation, wanted)                                         \
    assert_string_equal(fits(pattern, notation), wanted)

static void a_word_takes_the_tokens_it_consists_of(void **state)
{
    (void)state;
    assert_fits("KEEPS", zoo, "2-3");
    assert_fits("keep", zoo, "");
    assert_fits("animals, such", zoo, "4-7");
    assert_fits("London-born,", jane, "3-7");
    assert_fits("london -BORN", jane, "3-6");
    assert_fits("jane smith", jane, "0-2");
    assert_fits("janesmith", jane, ""); /* a blank stands between them */
}

static void a_quoted_text_is_compared_letter_for_letter(void **state)
{
    (void)state;
    assert_fits("'Jane Smith,'", jane, "0-3");
    assert_fits("'jane'", jane, "");
    assert_fits("'Jane Smi'", jane, ""); /* ends within a token */
    assert_fits("'ane'", jane, "");
}

static void a_constraint_and_an_expression_take_one_token(void **state)
{
    (void)state;
    assert_fits("[NOUN] [$cat]", zoo, "");
    assert_fits("[$cat]", zoo, "8-9; 10-11");
    assert_fits("/^[wb]/", zoo, "3-4; 12-13");
    assert_fits("/^WILD$/i []", zoo, "3-5");
    assert_fits("[has >amod]=a", zoo, "4-5 a=4-5/4; 7-8 a=7-8/7");
    assert_fits("[]=a [after a, NOUN]", zoo,
                "0-2 a=0-1/0; 3-5 a=3-4/3; 7-9 a=7-8/7; "
                "9-11 a=9-10/9; 11-13 a=11-12/11");
}

static void a_slot_takes_a_whole_name_or_noun_phrase(void **state)
{
    (void)state;
    assert_fits("<a:person> ,", jane, "0-3 a=0-2/1");
    assert_fits("<a:place>", jane, "3-4 a=3-4/3");
    assert_fits("met <a:thing>", jane, "7-10 a=8-10/9");
    assert_fits("<a:thing> keeps", zoo, "0-3 a=0-2/1");     /* with its determiner */
    assert_fits("the <a:thing> keeps", zoo, "0-3 a=1-2/1"); /* or without */
    assert_fits("keeps <a:thing>", zoo, "2-5 a=3-5/4");
    assert_fits("wild <a:thing>", zoo, "");
    assert_fits("<a:place~> ,", jane, "0-3 a=0-2/1"); /* any proper noun */
    assert_fits("<a:place|person> ,", jane, "0-3 a=0-2/1");
}

static void a_slot_with_a_plus_takes_what_is_coordinated(void **state)
{
    (void)state;
    assert_fits("as <a:thing+>", zoo, "7-13 a=12-13/12 a=10-11/10 a=8-9/8");
    assert_fits("keeps <a:thing+>", zoo, "2-5 a=3-5/4"); /* "such" is no thing */
    assert_fits("<a:person+>", jane, "0-2 a=0-2/1; 8-10 a=8-10/9");
}

static void parts_repeat_as_often_as_they_may(void **state)
{
    (void)state;
    assert_fits("animals ,? such", zoo, "4-7");
    assert_fits("keeps []* as", zoo, "2-8");
    assert_fits("keeps []{2} ,", zoo, "2-6");
    assert_fits("keeps []{3,4} ,", zoo, "");
    assert_fits("keeps []{1,} ,", zoo, "2-10"); /* the longest */
    assert_fits("([NOUN] (,|and))+", zoo, "4-6; 8-12");
    assert_fits("(such|as|like){2,3}", zoo, "6-8");
    assert_fits("keeps <a:thing?>", zoo, "2-5 a=3-5/4");
    assert_fits("such <a:thing?>", zoo, "6-7");
}

static void alternatives_are_tried_and_the_longest_counts(void **state)
{
    (void)state;
    assert_fits("such|such as|like", zoo, "6-8");
    assert_fits("(lions|lions, tigers) and", zoo, "8-12");
}

static void lookarounds_take_nothing(void **state)
{
    (void)state;
    assert_fits("[NOUN] (?=,)", zoo, "4-5; 8-9");
    assert_fits("[NOUN] (?!,|and)", zoo, "1-2; 12-13");
    assert_fits("(?<=keeps wild) []", zoo, "4-5");
    assert_fits("(?<!as|,) [$cat]", zoo, "");
    assert_fits("(?<! (?<! wild) animals, ) such", zoo, "6-7");
    assert_fits("bears . (?! [])", zoo, "12-14");
    assert_fits("(?<! []) the", zoo, "0-1");
}

static void matches_do_not_overlap(void **state)
{
    (void)state;
    assert_fits("[] []", "a/NN/ROOT/0 b/NN/dep/0 c/NN/dep/0 d/NN/dep/0 e/NN/dep/0",
                "0-2; 2-4");
}

static void white_space_tokens_do_not_count(void **state)
{
    (void)state;
    assert_fits("a b", "a/NN/ROOT/0 \t/_SP/dep/0 b/NN/dep/0", "0-3");
}

/* The text of a word that a sentence must hold for the pattern, "" if it needs none. */
static const char *needed(const char *pattern)
{
    const rg_surface *program = load_pattern(pattern);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < program->word_count; i++)
        rg_buf_format(&out, "%s%.*s", i ? " " : "",
                      RG_PRINT(rg_map_key(rules->symbols, program->words[i])));
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

static void a_pattern_lies_under_its_longest_word(void **state)
{
    (void)state;
    assert_string_equal(needed("<a:thing> ,? such as <b:thing>"), "such");
    assert_string_equal(needed("(like|so) the"), "the");
    assert_string_equal(needed("(likes|resembles) a"), "likes resembles");
    assert_string_equal(needed("'New York' a"), "york");
    assert_string_equal(needed("[lemma=resemble|like] a"), "resemble like");
    assert_string_equal(needed("resembles? [VERB]"), "");
    assert_string_equal(needed("(resembles|[VERB])"), "");
    assert_string_equal(needed("(?= resembles) [VERB]"), "resembles");
    assert_string_equal(needed("(?! resembles) [VERB]"), "");
    assert_string_equal(needed("[!like]"), "");
}

static void the_anchor_is_the_highest_word(void **state)
{
    (void)state;
    const rg_surface *program = load_pattern("<a:thing> such as <b:thing>");
    (void)program;
    const struct {
        const char *pattern;
        int anchor;
    } cases[] = {{"<a:thing> , such as <b:thing>", 7}, /* "as" hangs on "animals" */
                 {"the zoo keeps wild", 2},
                 {"the zoo=verb keeps", 1},
                 {"<a:thing>", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        program = load_pattern(cases[i].pattern);
        sentence *s = load_sentence(zoo);
        surface_matches found = surface_find(s, arena, program, NULL);
        assert_true(found.count > 0);
        assert_int_equal(surface_anchor(s, arena, &found.items[0]), cases[i].anchor);
    }
}

static void the_near_miss_is_the_try_that_took_most(void **state)
{
    (void)state;
    const rg_surface *program = load_pattern("<a:thing> ,? sch as <b:thing>");
    sentence *s = load_sentence(zoo);
    surface_miss miss = {0};
    assert_int_equal(surface_find(s, arena, program, &miss).count, 0);
    assert_int_equal(miss.first, 3);
    assert_int_equal(miss.at, 6);
    assert_int_equal(miss.taken, 2);
    assert_true(rg_str_is(miss.wanted->text, "sch"));
}

/* Without memory of what failed this would take 2 to the power of 40 steps. */
static void what_cannot_fit_is_tried_once(void **state)
{
    (void)state;
    const rg_surface *program = load_pattern("([]|[] [])* nothing");
    rg_buf text = rg_buf_in(arena);
    rg_buf_text(&text, "a/NN/ROOT/0");
    for (int i = 0; i < 100; i++)
        rg_buf_text(&text, " a/NN/dep/0");
    rg_buf_byte(&text, '\0');
    sentence *s = load_sentence(text.bytes);
    s->fuel = 10000;
    assert_int_equal(surface_find(s, arena, program, NULL).count, 0);
    assert_true(s->fuel > 0);
}

static void without_fuel_a_search_ends(void **state)
{
    (void)state;
    const rg_surface *program = load_pattern("[]* nothing");
    sentence *s = load_sentence(zoo);
    s->fuel = 10;
    assert_int_equal(surface_find(s, arena, program, NULL).count, 0);
    assert_true(s->fuel < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(a_word_takes_the_tokens_it_consists_of),
        by_hand_test(a_quoted_text_is_compared_letter_for_letter),
        by_hand_test(a_constraint_and_an_expression_take_one_token),
        by_hand_test(a_slot_takes_a_whole_name_or_noun_phrase),
        by_hand_test(a_slot_with_a_plus_takes_what_is_coordinated),
        by_hand_test(parts_repeat_as_often_as_they_may),
        by_hand_test(alternatives_are_tried_and_the_longest_counts),
        by_hand_test(lookarounds_take_nothing),
        by_hand_test(matches_do_not_overlap),
        by_hand_test(white_space_tokens_do_not_count),
        by_hand_test(a_pattern_lies_under_its_longest_word),
        by_hand_test(the_anchor_is_the_highest_word),
        by_hand_test(the_near_miss_is_the_try_that_took_most),
        by_hand_test(what_cannot_fit_is_tried_once),
        by_hand_test(without_fuel_a_search_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
