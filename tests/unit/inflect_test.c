/* inflect_test.c - forms of English words. */
#include "with_arena.h"

#include "lang/inflect.h"

#include <string.h>

static void check(const char *word, rg_inflection what, const char *expected)
{
    rg_str form = rg_inflect(arena, rg_str_of(word), what);
    rg_str copy = rg_arena_str(arena, form);
    assert_string_equal(copy.bytes, expected);
}

typedef struct verb_forms {
    const char *lemma, *present, *past, *participle, *gerund;
} verb_forms;

static void check_verbs(const verb_forms *verbs, int count)
{
    for (int i = 0; i < count; i++) {
        check(verbs[i].lemma, RG_INFLECT_PRESENT, verbs[i].present);
        check(verbs[i].lemma, RG_INFLECT_PAST, verbs[i].past);
        check(verbs[i].lemma, RG_INFLECT_PARTICIPLE, verbs[i].participle);
        check(verbs[i].lemma, RG_INFLECT_GERUND, verbs[i].gerund);
    }
}
#define CHECK_VERBS(...)                                                               \
    check_verbs((const verb_forms[]){__VA_ARGS__},                                     \
                (int)(sizeof((const verb_forms[]){__VA_ARGS__}) / sizeof(verb_forms)))

static void irregular_verbs_come_from_the_table(void **state)
{
    (void)state;
    CHECK_VERBS(
        {"be", "is", "was", "been", "being"}, {"have", "has", "had", "had", "having"},
        {"do", "does", "did", "done", "doing"}, {"go", "goes", "went", "gone", "going"},
        {"take", "takes", "took", "taken", "taking"},
        {"run", "runs", "ran", "run", "running"},
        {"lie", "lies", "lay", "lain", "lying"},
        {"pay", "pays", "paid", "paid", "paying"},
        {"forbid", "forbids", "forbade", "forbidden", "forbidding"},
        {"seek", "seeks", "sought", "sought", "seeking"});
}

static void short_and_stressed_verbs_double_their_last_letter(void **state)
{
    (void)state;
    CHECK_VERBS({"ban", "bans", "banned", "banned", "banning"},
                {"plan", "plans", "planned", "planned", "planning"},
                {"commit", "commits", "committed", "committed", "committing"},
                {"refer", "refers", "referred", "referred", "referring"},
                {"quiz", "quizzes", "quizzed", "quizzed", "quizzing"});
}

static void other_verbs_do_not_double(void **state)
{
    (void)state;
    CHECK_VERBS({"visit", "visits", "visited", "visited", "visiting"},
                {"join", "joins", "joined", "joined", "joining"},
                {"fix", "fixes", "fixed", "fixed", "fixing"},
                {"view", "views", "viewed", "viewed", "viewing"},
                {"develop", "develops", "developed", "developed", "developing"},
                {"travel", "travels", "traveled", "traveled", "traveling"});
}

static void spelling_follows_the_last_letters(void **state)
{
    (void)state;
    CHECK_VERBS({"deny", "denies", "denied", "denied", "denying"},
                {"play", "plays", "played", "played", "playing"},
                {"die", "dies", "died", "died", "dying"},
                {"agree", "agrees", "agreed", "agreed", "agreeing"},
                {"accuse", "accuses", "accused", "accused", "accusing"},
                {"dye", "dyes", "dyed", "dyed", "dyeing"},
                {"picnic", "picnics", "picnicked", "picnicked", "picnicking"},
                {"veto", "vetoes", "vetoed", "vetoed", "vetoing"},
                {"launch", "launches", "launched", "launched", "launching"},
                {"press", "presses", "pressed", "pressed", "pressing"});
}

static void nouns_go_both_ways(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"city", "cities"},
        {"day", "days"},
        {"child", "children"},
        {"crisis", "crises"},
        {"wife", "wives"},
        {"spokesman", "spokesmen"},
        {"human", "humans"},
        {"box", "boxes"},
        {"church", "churches"},
        {"virus", "viruses"},
        {"boss", "bosses"},
        {"house", "houses"},
        {"shoe", "shoes"},
        {"veto", "vetoes"},
        {"photo", "photos"},
        {"series", "series"},
        {"prize", "prizes"},
        {"judge", "judges"},
        {"trade talk", "trade talks"},
        {"vice-president", "vice-presidents"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        check(pairs[i][0], RG_INFLECT_PLURAL, pairs[i][1]);
        check(pairs[i][1], RG_INFLECT_SINGULAR, pairs[i][0]);
    }
}

static void a_singular_stays_singular(void **state)
{
    (void)state;
    static const char *const words[] = {"boss", "virus", "crisis", "politics", "city"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        check(words[i], RG_INFLECT_SINGULAR, words[i]);
}

static void plurals_of_verbs_differ_where_be_does(void **state)
{
    (void)state;
    check("be", RG_INFLECT_PRESENT_PLURAL, "are");
    check("be", RG_INFLECT_PAST_PLURAL, "were");
    check("be", RG_INFLECT_PAST, "was");
    check("ban", RG_INFLECT_PRESENT_PLURAL, "ban");
    check("ban", RG_INFLECT_PAST_PLURAL, "banned");
    check("give", RG_INFLECT_PAST_PLURAL, "gave");
    check("take over", RG_INFLECT_PRESENT_PLURAL, "take over");
}

static void of_a_phrase_the_verb_is_inflected(void **state)
{
    (void)state;
    check("take over", RG_INFLECT_PAST, "took over");
    check("call on to act", RG_INFLECT_PRESENT, "calls on to act");
    check("re-run", RG_INFLECT_PAST, "re-ran");
}

static void odd_words_are_survived(void **state)
{
    (void)state;
    for (rg_inflection what = 0; what <= RG_INFLECT_SINGULAR; what++) {
        check("", what, "");
        check(" ", what, " ");
        check("-", what, "-");
    }
    check("y", RG_INFLECT_PRESENT, "ys");
    check("e", RG_INFLECT_GERUND, "eing");
    check("5G", RG_INFLECT_PLURAL, "5Gs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(irregular_verbs_come_from_the_table),
        cmocka_unit_test(short_and_stressed_verbs_double_their_last_letter),
        cmocka_unit_test(other_verbs_do_not_double),
        cmocka_unit_test(spelling_follows_the_last_letters),
        cmocka_unit_test(nouns_go_both_ways),
        cmocka_unit_test(a_singular_stays_singular),
        cmocka_unit_test(plurals_of_verbs_differ_where_be_does),
        cmocka_unit_test(of_a_phrase_the_verb_is_inflected),
        cmocka_unit_test(odd_words_are_survived),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
