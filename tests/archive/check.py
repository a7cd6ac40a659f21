"""Checks an archive with the tools of archives: the Library of Congress's bagit for the bag, and the
DILCIS Board's validator for the E-ARK package in it. Prints what they find; ends with 0 when that is
nothing.

The validator asks the network for four vocabularies when it is loaded. Here it gets the terms of
CSIP 2.1 that this repository uses, and one that it does not, from this script.
"""

import pathlib
import sys
import urllib.request

import bagit

VOCABULARIES = {
    "ContentCategory": ["Collection", "Textual works - Print", "Mixed", "Other"],
    "ContentInformationType": ["OTHER", "MIXED", "ERMS", "SIARD2"],
    "OAISPackageType": ["SIP", "AIP", "DIP", "AIU", "AIC"],
    "Status": ["SUPERSEDED", "CURRENT"],
}


def vocabulary(uri):
    """The terms of a vocabulary, one a line, as the validator reads them."""
    terms = next(terms for name, terms in VOCABULARIES.items() if name in uri)
    return [f"<Term>{term}</Term>\n".encode() for term in terms]


urllib.request.urlopen = vocabulary

from eark_validator.packages import PackageValidator  # noqa: E402


def main(folder):
    """Everything that is found."""
    found = []
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as error:
        found.append(f"bag: {error}")
    packages = sorted(path for path in (folder / "data").iterdir() if path.is_dir())
    for package in packages:
        report = PackageValidator(package).validation_report
        results = list(report.structure.messages)
        if report.metadata:
            results += report.metadata.schema_results.messages
            results += report.metadata.schematron_results.messages
        for one in results:
            if one.severity.name != "INFORMATION":
                found.append(f"{one.severity.name} {one.rule_id}: {one.message} {one.location}")
        if not report.metadata:
            found.append("the validator did not come to the metadata")
    print("\n".join(found))
    return 1 if found or len(packages) != 1 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
