"""docs/licences.md: every package that the product runs with, and nothing that may not be used."""

import pytest

from bench.licences import PAGE, Unusable, binding, licence, page, pinned


def test_the_page_is_what_make_licences_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make licences`"


def test_every_package_states_a_licence() -> None:
    assert all(licence(name) for name in pinned())


@pytest.mark.parametrize("stated", ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v3", "SSPL-1.0"])
def test_a_licence_that_has_not_been_cleared_is_refused(stated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.licences.licence", lambda _: stated)
    with pytest.raises(Unusable, match="没有核准"):
        page()


@pytest.mark.parametrize("stated", ["MIT", "Apache-2.0", "BSD-3-Clause", "PSF-2.0", "ISC"])
def test_a_permissive_licence_is_not_flagged(stated: str) -> None:
    assert binding(stated) is None
