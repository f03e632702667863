/* places_test.c - criteria that look at other tokens, and repairs of several paths. */
#include "walking.h"

#include "extract/edit.h"

/* "Ann, for example, saw old Bob Lee and Carl of Acme." */
static const char seen[] =
    "Ann/NNP/nsubj/5/B-PERSON ^,/,/punct/5 for/IN/prep/5 example/NN/pobj/2 "
    "^,/,/punct/5 saw:see/VBD/ROOT/5 old/JJ/amod/8 Bob/NNP/compound/8/B-PERSON "
    "Lee/NNP/dobj/5/I-PERSON and/CC/cc/8 Carl/NNP/conj/8 of/IN/prep/10 "
    "Acme/NNP/pobj/11/B-ORG ^././punct/5";
enum { ANN, COMMA, FOR, EXAMPLE, COMMA2, SAW, OLD, BOB, LEE, AND, CARL, OF, ACME, END };

static const char lists[] = "lists: {aside: [for example, however]}\n";

#define assert_walk(path, start, ends)                                                 \
    assert_string_equal(walk(lists, path, seen, start), ends)

static void before_and_after_compare_places(void **state)
{
    (void)state;
    assert_walk("v >[before v]", SAW, "0 1 2 4");
    assert_walk("v >[after v]", SAW, "8 13");
    assert_walk("v >[!before v]", SAW, "8 13");
}

static void beside_wants_no_token_between(void **state)
{
    (void)state;
    assert_walk("v >[beside v]", SAW, "4");
    assert_walk("v >[beside v]", LEE, "7 9");
    assert_walk("v >[!beside v]", LEE, "6 10");
}

static void within_counts_tokens(void **state)
{
    (void)state;
    assert_walk("v >[within 3 v]", SAW, "2 4 8");
    assert_walk("v >[within 2 v]", SAW, "4");
    assert_walk("v >[!within 4 v]", SAW, "0 13");
}

static void between_looks_at_what_stands_between(void **state)
{
    (void)state;
    assert_walk("v >nsubj[between v [text=',']]", SAW, "0");
    assert_walk("v >dobj[between v [text=',']]", SAW, "");
    assert_walk("v >[!between v [PUNCT]]", SAW, "4 8 13");
    assert_walk("v >[between v [ADJ, has <amod]]", SAW, "8 13");
}

static void first_and_last_are_ends_of_a_phrase(void **state)
{
    (void)state;
    assert_walk("v >>[first v]", LEE, "6");
    assert_walk("v >>[last v]", LEE, "12");
    assert_walk("v[first v]", ACME, "12");
    assert_walk("v >>[last v]", FOR, "3");
}

static void inside_is_within_one_name(void **state)
{
    (void)state;
    assert_walk("v >[inside v]", LEE, "7");
    assert_walk("v >[!inside v]", LEE, "6 9 10");
    assert_walk("v >[inside v]", SAW, "");
}

static void same_compares_an_attribute(void **state)
{
    (void)state;
    assert_walk("v >[same pos v]", LEE, "7 10");
    assert_walk("v >conj[same tag v]", LEE, "10");
    assert_walk("v >[!same pos v]", LEE, "6 9");
    assert_walk("v >[same dep v]", SAW, "");
    /* Nothing is the same as nothing. */
    assert_walk("v >[same morph.Tense v]", LEE, "");
}

static void shorter_and_longer_count_words(void **state)
{
    (void)state;
    assert_walk("v >[shorter 3]", SAW, "0 1 2 4 13");
    assert_walk("v >[longer 6]", SAW, "8");
    assert_walk("v >[longer 7]", SAW, "");
    assert_walk("v >[PUNCT, shorter 1]", SAW, "1 4 13");
    assert_walk("v >[!shorter 2]", SAW, "2 8");
}

static void phrase_is_the_text_of_all_below(void **state)
{
    (void)state;
    assert_walk("v >[phrase=$aside]", SAW, "2");
    assert_walk("v >[phrase='for example']", SAW, "2");
    assert_walk("v >prep[phrase=/^for/]", SAW, "2");
    assert_walk("v >[phrase=ann]", SAW, "0");
    assert_walk("v >[phrase=$aside]", LEE, "");
    /* Marks at its ends do not count. */
    assert_string_equal(walk(lists, "v >[phrase='for example']",
                             "However/RB/ROOT/0 ^,/,/punct/2 For/IN/prep/0 "
                             "example/NN/pobj/2 ^,/,/punct/2",
                             0),
                        "2");
}

static void such_words_alone_are_lemmas(void **state)
{
    (void)state;
    static const char text[] = "shorter/JJ/amod/1 same/JJ/ROOT/1 first/JJ/amod/1";
    assert_string_equal(walk(lists, "v[same] >[first|shorter]", text, 1), "0 2");
    assert_string_equal(walk(lists, "v[same] >[shorter]", text, 1), "0");
}

/* ---- Repairs of several paths, and move --------------------------------------------- */

static void note_nothing(void *user, int index, const int *bound, int other)
{
    (void)user;
    (void)index;
    (void)bound;
    (void)other;
}

static bool has_edge(const sentence *s, int from, const char *label, int to)
{
    int name = rg_map_find(rules->symbols, rg_str_of(label));
    return name >= 0 && sentence_find_edge(s, from, to, name) != RG_NONE;
}

static sentence *repaired(const char *notation)
{
    sentence *s = load_sentence(notation);
    edit_log log = {note_nothing, NULL, NULL};
    edit_repair(s, false, &log);
    return s;
}

/* "Ann, chair, left." read with two subjects. */
static const char two_subjects[] =
    "Ann/NNP/nsubj/4 ^,/,/punct/4 chair/NN/nsubj/4 ^,/,/punct/4 left:leave/VBD/ROOT/4";

static void a_repair_may_have_several_paths(void **state)
{
    (void)state;
    use_rules("repair:\n"
              "  - match: ['v >nsubj=a', 'v >nsubj=b[after a]']\n"
              "    edit: [move v >nsubj b to a >appos]\n");
    sentence *s = repaired(two_subjects);
    assert_true(has_edge(s, 4, "nsubj", 0));
    assert_true(has_edge(s, 0, "appos", 2));
    assert_false(has_edge(s, 4, "nsubj", 2));
}

static void different_names_of_a_repair_are_different_tokens(void **state)
{
    (void)state;
    use_rules("repair:\n"
              "  - match: ['v >nsubj=a', 'v >nsubj=b']\n"
              "    edit: [move v >nsubj b to a >appos]\n");
    assert_true(
        has_edge(repaired("Ann/NNP/nsubj/1 left:leave/VBD/ROOT/1"), 1, "nsubj", 0));
    assert_true(has_edge(repaired(two_subjects), 0, "appos", 2));
}

static void all_paths_must_match(void **state)
{
    (void)state;
    use_rules("repair:\n"
              "  - match: ['v >nsubj=a', 'a >punct', 'v >nsubj=b[after a]']\n"
              "    edit: [move v >nsubj b to a >appos]\n");
    assert_true(has_edge(repaired(two_subjects), 4, "nsubj", 2));
}

static void move_wants_the_old_edge(void **state)
{
    (void)state;
    use_rules("repair:\n"
              "  - match: 'v >nsubj=a'\n"
              "    edit: [move v >dobj a to v >appos]\n");
    assert_true(has_edge(repaired(two_subjects), 4, "nsubj", 0));
    assert_false(has_edge(repaired(two_subjects), 4, "appos", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(before_and_after_compare_places),
        by_hand_test(beside_wants_no_token_between),
        by_hand_test(within_counts_tokens),
        by_hand_test(between_looks_at_what_stands_between),
        by_hand_test(first_and_last_are_ends_of_a_phrase),
        by_hand_test(inside_is_within_one_name),
        by_hand_test(same_compares_an_attribute),
        by_hand_test(shorter_and_longer_count_words),
        by_hand_test(phrase_is_the_text_of_all_below),
        by_hand_test(such_words_alone_are_lemmas),
        by_hand_test(a_repair_may_have_several_paths),
        by_hand_test(different_names_of_a_repair_are_different_tokens),
        by_hand_test(all_paths_must_match),
        by_hand_test(move_wants_the_old_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
