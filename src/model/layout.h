/* layout.h - how the weights lie in the model file, for import and for networks.
 *
 * A layer's matrix is packed into panels of 24 outputs: panel, input, output (zero-filled
 * at the end), so that a kernel reads it straight on. Of a maxout layer a panel holds 8
 * outputs: their first pieces, second pieces, third pieces. A section is one layer:
 *
 *     SECTION                        floats, in this order
 *     tok2vec.embed.0 .. .5          rows x 96                       (names.embed: 0 .. 3)
 *     tok2vec.mixer                  packed 576 -> 288, b 288, G 96, b 96
 *     tok2vec.layer1                 packed 96 -> 864, b 288, G 96, b 96
 *     tok2vec.layer2 .. 4            packed 288 -> 288, b 288, G 96, b 96
 *     tagger.output                  packed 96 -> 50, b
 *     parser.input                   packed 96 -> 64, b              (names.input)
 *     parser.lower                   packed 64 -> 8 x 128, b (zeros), b 128, pad 8 x 128
 *     parser.upper                   input 64 x output 112, b 112    (names.upper: 80)
 *
 * tok2vec.layer1 gives the products of one row as left neighbour, as the token itself and
 * as right neighbour apart (3 x 288), so that they can be kept for each distinct token.
 * Of parser.lower the first pieces of the 64 outputs stand before the second ones.
 * Labels are text, one a line: tagger.labels; parser.moves and names.moves have spaCy's
 * number of the action (one digit) before the label.
 */
#ifndef RG_MODEL_LAYOUT_H
#define RG_MODEL_LAYOUT_H

#include <stddef.h>

enum {
    RG_WIDTH = 96, /* of a token vector */
    RG_PIECES = 3, /* of a maxout unit in mixer and encoder */
    RG_MAXOUT = RG_WIDTH * RG_PIECES,
    RG_PANEL = 24,            /* outputs in a panel */
    RG_WINDOW = 3 * RG_WIDTH, /* a token and its two neighbours */
    RG_HIDDEN = 64,           /* of the transition scorers */
    RG_LOWER = 2 * RG_HIDDEN, /* two pieces */
    RG_PARSER_FEATURES = 8,
    RG_NAMES_FEATURES = 3,
    RG_TAGS = 50,
    RG_PARSER_CLASSES = 106,
    RG_NAMES_CLASSES = 74,
    RG_SCORE_STEP = 16, /* score rows are padded to a multiple of this */
    RG_COLUMNS = 6,     /* features of a token: norm prefix suffix shape, two flags */
    RG_NAMES_COLUMNS = 4,
    RG_FIRST_SEED = 8, /* of the hash of column 0; column k has 8 + k */
    RG_LAYERS = 4,
};

/* Rows of the embedding of each column. */
static const int rg_embed_rows[RG_COLUMNS] = {5000, 1000, 2500, 2500, 50, 50};

/* Outputs rounded up to whole panels. */
static inline int rg_padded(int outputs)
{
    return (outputs + RG_PANEL - 1) / RG_PANEL * RG_PANEL;
}

static inline int rg_padded_scores(int classes)
{
    return (classes + RG_SCORE_STEP - 1) / RG_SCORE_STEP * RG_SCORE_STEP;
}

#endif
