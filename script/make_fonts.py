"""Make the two fonts of the page from their full releases.

    python3 script/make_fonts.py STIXTwoMath-Regular.ttf FOLDER_OF_STIX_TWO_TEXT OUTPUT_FOLDER

static/fonts/README.md says where the inputs come from and which versions were used.
"""

import os
import sys

from fontTools.merge import Merger
from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

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
BOLD_ITALIC = [*range(0x1D468, 0x1D49C), *range(0x1D71C, 0x1D756)]

# Subscript letters that STIX Two lacks: drawn from the script-size letter,
# at the size and depth of the subscript digits.
SUBSCRIPT_LETTERS = {0x1D62: "i", 0x2C7C: "j", 0x2096: "k", 0x2097: "l", 0x2098: "m", 0x2099: "n"}
SUPERSCRIPT_LETTERS = {0x1D40: "T", 0x1D4F: "k", 0x1D50: "m"}
SCALE, SUBSCRIPT_SHIFT, SUPERSCRIPT_SHIFT = 0.72, -227, 254

# What the quantity names in HTML need beyond the letters; taken upright from the mathematics font.
TEXT_OPERATORS = [ord(c) for c in "∂∇−±×÷·⋅⊙∑∏√≈≠≤≥←→∈∞⊤′″…‖"]


def add_outline(font, name, codepoint, source, glyph, transform):
    """Adds to `font` a transformed copy of a glyph of `source`, under a character."""
    glyphs = source.getGlyphSet()
    recording = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(TransformPen(pen, transform))
    if name not in font.getGlyphOrder():
        font.setGlyphOrder([*font.getGlyphOrder(), name])
    outline = pen.glyph()
    outline.recalcBounds(font["glyf"])
    font["glyf"][name] = outline
    width = round(source["hmtx"][glyph][0] * transform[0])
    font["hmtx"][name] = (width, getattr(outline, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode() and (codepoint < 0x10000 or table.format == 12):
            table.cmap[codepoint] = name


def add_script_letters(font, source, italic):
    """Adds the subscript and superscript letters that `font` lacks."""
    for letters, shift in [(SUBSCRIPT_LETTERS, SUBSCRIPT_SHIFT), (SUPERSCRIPT_LETTERS, SUPERSCRIPT_SHIFT)]:
        for codepoint, letter in letters.items():
            upright = codepoint in SUPERSCRIPT_LETTERS and letter == "T"
            slanted = 0x1D44E + ord(letter) - ord("a")
            base = source.getBestCmap()[slanted if italic and not upright else ord(letter)]
            transform = Transform().translate(0, shift).scale(SCALE)
            add_outline(font, f"uni{codepoint:04X}", codepoint, source, f"{base}.ssty", transform)


def subset(font, codepoints, path=None):
    """Keeps the characters given, with every layout feature and, if there is one, the MATH table."""
    options = Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.flavor = "woff2" if path else None
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    if path:
        save_font(font, path, options)


def make_math(math_path, output):
    font = TTFont(math_path, recalcTimestamp=False)
    add_script_letters(font, font, italic=False)
    wanted = [*ASCII, *GREEK, *map(ord, "ϑϕϖϱϵ"), *SCRIPTS, *SPACES, *OPERATORS, *ACCENTS, *ITALIC, *BOLD_ITALIC]
    subset(font, [*wanted, *SUBSCRIPT_LETTERS, *SUPERSCRIPT_LETTERS], output)


def make_text(math_path, text_folder, output):
    """Joins the Latin and Greek files and adds the signs that neither has."""
    parts = []
    for part, wanted in [("latin", [*ASCII, *map(ord, "–—…")]), ("greek", GREEK), ("latin-ext", map(ord, "ŷŵ"))]:
        path = os.path.join(text_folder, f"stix-two-text-{part}-400-italic.woff2")
        font = TTFont(path, recalcTimestamp=False)
        subset(font, wanted)
        font.flavor = None
        path = f"{output}.{part}.ttf"
        font.save(path)
        parts.append(path)
    font = Merger().merge(parts)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = TTFont(parts[0])["head"].modified
    for path in parts:
        os.remove(path)
    math = load_font(math_path, Options())
    names = math.getBestCmap()
    for codepoint in [*SCRIPTS, *TEXT_OPERATORS]:
        if codepoint not in font.getBestCmap() or codepoint in SCRIPTS:
            glyph = names[0x1D715 if codepoint == 0x2202 else codepoint]
            add_outline(font, f"math{codepoint:04X}", codepoint, math, glyph, Transform())
    add_script_letters(font, math, italic=True)
    wanted = [*font.getBestCmap()]
    subset(font, wanted, output)


if __name__ == "__main__":
    math_path, text_folder, output = sys.argv[1:]
    make_math(math_path, os.path.join(output, "stix-two-math.woff2"))
    make_text(math_path, text_folder, os.path.join(output, "stix-two-text-italic.woff2"))
