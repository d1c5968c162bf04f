"""Make the font of the page from its full release.

    python3 script/make_fonts.py STIXTwoMath-Regular.ttf OUTPUT_FOLDER

static/fonts/README.md says where the input comes from and which version was used.
"""

import os
import sys

from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

ASCII = [*range(0x20, 0x7F), 0xA0]
GREEK = [c for c in [*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)] if c != 0x3A2]
SCRIPTS = [ord(c) for c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿʲˡ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"]
SPACES = [*range(0x2002, 0x200B), 0x202F, *range(0x2061, 0x2065)]
OPERATORS = [ord(c) for c in (
    "−±∓×÷·∗∘⋅∙⊙⊗⊘⊕∂∇∆∑∏√∛∫≈≃≠≤≥≡≔∝←→↑↓↔⇒⇔↦∈∉∞⊤⊥∀∃"
    "…⋯⋮⋱′″‴‖∣∥¦⟨⟩⌈⌉⌊⌋⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠⎧⎨⎩⎫⎬⎭⎪⏞⏟½¼¾–—―‘’“”†‡•°¬ˆ˜¯˙¨‾ıȷ𝚤𝚥ℎℓℒℝℕ"
)]
ACCENTS = [0x300, 0x302, 0x303, 0x304, 0x305, 0x307, 0x308, 0x20D7, 0x331, 0x332]
FIXED_HOLES = {0x1D455}  # italic h is ℎ, U+210E
ITALIC = [c for c in [*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)] if c not in FIXED_HOLES]
# The letters that "ital" sets as italic ones; ∂ among them.
ITALIC_LETTERS = {
    **{chr(ord("A") + k): 0x1D434 + k for k in range(26)},
    **{chr(ord("a") + k): 0x1D44E + k for k in range(26)},
    **{chr(0x391 + k): 0x1D6E2 + k for k in range(25) if k != 17},
    **{chr(0x3B1 + k): 0x1D6FC + k for k in range(25)},
    "∂": 0x1D715,
}
BOLD_ITALIC = [*range(0x1D468, 0x1D49C), *range(0x1D71C, 0x1D756)]

# Subscript letters that STIX Two lacks: drawn from the script-size letter,
# at the size and depth of the subscript digits.
SUBSCRIPT_LETTERS = {0x1D62: "i", 0x2C7C: "j", 0x2096: "k", 0x2097: "l", 0x2098: "m", 0x2099: "n"}
SUPERSCRIPT_LETTERS = {0x1D40: "T", 0x1D4F: "k", 0x1D50: "m"}
SCALE, SUBSCRIPT_SHIFT, SUPERSCRIPT_SHIFT = 0.72, -227, 254


def add_outline(font, name, codepoint, glyph, transform):
    """Adds to `font` a transformed copy of a glyph, under a character."""
    glyphs = font.getGlyphSet()
    recording = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(TransformPen(pen, transform))
    if name not in font.getGlyphOrder():
        font.setGlyphOrder([*font.getGlyphOrder(), name])
    outline = pen.glyph()
    outline.recalcBounds(font["glyf"])
    font["glyf"][name] = outline
    width = round(font["hmtx"][glyph][0] * transform[0])
    font["hmtx"][name] = (width, getattr(outline, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode() and (codepoint < 0x10000 or table.format == 12):
            table.cmap[codepoint] = name


def add_script_letters(font):
    """Adds the subscript and superscript letters that `font` lacks."""
    for letters, shift in [(SUBSCRIPT_LETTERS, SUBSCRIPT_SHIFT), (SUPERSCRIPT_LETTERS, SUPERSCRIPT_SHIFT)]:
        for codepoint, letter in letters.items():
            base = font.getBestCmap()[ord(letter)]
            transform = Transform().translate(0, shift).scale(SCALE)
            add_outline(font, f"uni{codepoint:04X}", codepoint, f"{base}.ssty", transform)


def add_italics(font):
    """Adds the feature "ital", which sets plain letters as the italic ones of mathematics: names of
    quantities outside formulas are text ("w₅"), and look as they do in formulas."""
    names = font.getBestCmap()
    italic = lambda letter: 0x210E if letter == "h" else ITALIC_LETTERS[letter]
    single = buildSingleSubstSubtable({names[ord(letter)]: names[italic(letter)] for letter in ITALIC_LETTERS})
    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup([single]))
    table.LookupList.LookupCount += 1
    feature = otTables.Feature()
    feature.LookupListIndex = [len(table.LookupList.Lookup) - 1]
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = "ital", feature
    # In order of the tags; scripts name features by their place.
    old = table.FeatureList.FeatureRecord
    new = sorted([*old, record], key=lambda record: record.FeatureTag)
    place = {id(record): index for index, record in enumerate(new)}
    for script in table.ScriptList.ScriptRecord:
        for system in [script.Script.DefaultLangSys, *(record.LangSys for record in script.Script.LangSysRecord)]:
            system.FeatureIndex = sorted([*(place[id(old[index])] for index in system.FeatureIndex), place[id(record)]])
            system.FeatureCount += 1
    table.FeatureList.FeatureRecord = new
    table.FeatureList.FeatureCount += 1


def subset(font, codepoints, path):
    """Keeps the characters given, with every layout feature and, if there is one, the MATH table."""
    options = Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    save_font(font, path, options)


def make_math(math_path, output):
    font = TTFont(math_path, recalcTimestamp=False)
    add_script_letters(font)
    add_italics(font)
    wanted = [*ASCII, *GREEK, *map(ord, "ϑϕϖϱϵ"), *SCRIPTS, *SPACES, *OPERATORS, *ACCENTS, *ITALIC, *BOLD_ITALIC]
    subset(font, [*wanted, *SUBSCRIPT_LETTERS, *SUPERSCRIPT_LETTERS], output)


if __name__ == "__main__":
    math_path, output = sys.argv[1:]
    make_math(math_path, os.path.join(output, "stix-two-math.woff2"))
