# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py LUPDATE CHECKOUT: the English catalogue has every counted sentence of the sources, in both numbers.

After a change of such a sentence: `cmake --build … --target update_translations`, then fill in the new forms."""
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
from pathlib import Path

FOLDERS = ["core", "ui", "app"]


def messages(file):
    found = {}
    for context in tree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"))
            found[key] = message.find("translation")
    return found


def placeholders(text):
    return sorted(re.findall(r"%\d", text))


def main(lupdate, checkout):
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.ts"
        subprocess.run([lupdate, "-silent", "-pluralonly", "-locations", "none", "-source-language", "en",
                        "-target-language", "en", "-I", ".", *FOLDERS, "-ts", str(fresh)],
                       cwd=checkout, check=True, stderr=subprocess.DEVNULL, timeout=100)
        wanted = messages(fresh)
    kept = messages(Path(checkout) / "translations" / "sluice_en.ts")
    problems = [f"not in the catalogue: {key}" for key in wanted.keys() - kept.keys()]
    problems += [f"not in the sources any more: {key}" for key in kept.keys() - wanted.keys()]
    if not wanted:
        problems.append("no counted sentence was found in the sources")
    for key, translation in kept.items():
        forms = [form.text or "" for form in translation.iter("numerusform")]
        if len(forms) != 2 or not all(forms) or translation.get("type"):
            problems.append(f"not filled in: {key}")
        elif any(placeholders(form) != placeholders(key[1]) for form in forms):
            problems.append(f"other placeholders than its source: {key}")
    print("\n".join(problems) or f"{len(kept)} counted sentences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
