"""Style sheets, scripts, font and icon: joined, named by content, kept for a year, small enough."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from khcal.config import asset_folder
from khcal.web.static_files import StaticFiles
from tests.html import select

STATIC = asset_folder("static")
MOST_FIRST_VISIT = 38_000
MOST_REQUESTS = 5


def loaded(client: FlaskClient, path: str) -> list[str]:
    """What a browser fetches for a page besides the page itself."""
    page = client.get(path)
    found = select(page, "link[rel=stylesheet], link[rel=icon], link[rel=preload], script[src], img[src]")
    return [str(element.get("href") or element.get("src")) for element in found]


def size(client: FlaskClient, path: str) -> int:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    return len(answer.data) + len(str(answer.headers))


def folder(tmp_path: Path, **files: str) -> Path:
    """A static folder with the files that every one has, and ``files`` (``css__a`` is ``css/a.css``)."""
    parts = {"js__trusted-types": "// first", "vendor__htmx-4.0.1.min": "// htmx", **files}
    for name, text in parts.items():
        kind, stem = name.split("__")
        suffix = ".css" if kind == "css" else ".js"
        (tmp_path / kind).mkdir(exist_ok=True)
        (tmp_path / kind / f"{stem.replace('_', '-') if kind == 'css' else stem}{suffix}").write_text(text)
    return tmp_path


def content(files: StaticFiles, name: str) -> str:
    asset = files.get(files.url(name).removeprefix("/static/"))
    assert asset is not None
    return asset.content.decode()


@pytest.mark.parametrize("name", ["khcal.css", "khcal.js", "favicon.svg"])
def test_a_file_is_kept_for_a_year(client: FlaskClient, name: str) -> None:
    url = StaticFiles(STATIC).url(name)
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_file_is_zipped_for_those_who_can(client: FlaskClient) -> None:
    url = StaticFiles(STATIC).url("khcal.css")
    plain, zipped = client.get(url), client.get(url, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in client.get(url, headers={"Accept-Encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize("name", ["khcal.css", "khcal.0000000000000000.css", "../app.py", "css/base.css", ""])
def test_other_names_are_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_style_sheets_in_layer_order_with_the_staff_apart(tmp_path: Path) -> None:
    files = StaticFiles(
        folder(
            tmp_path,
            css__print="/*6*/p{}",
            css__card="c{}",
            css__base="b{}",
            css__tokens="@layer x;",
            css__staff_form="s{}",
            css__utilities="u{}",
        )
    )
    assert content(files, "khcal.css").split() == ["@layer", "x;", "b{}", "c{}", "u{}", "p{}"]
    assert content(files, "staff.css").split() == ["s{}"]


def test_scripts_after_what_they_stand_on_each_in_its_scope(tmp_path: Path) -> None:
    files = StaticFiles(folder(tmp_path, js__a="const x = 1;", js__b="const x = 2;"))
    script = content(files, "khcal.js")
    assert [script.index(part) for part in ("// first", "// htmx", "x = 1", "x = 2")] == sorted(
        script.index(part) for part in ("// first", "// htmx", "x = 1", "x = 2")
    )
    assert script.count("(() => {") == 3


def test_a_changed_file_has_a_new_name(tmp_path: Path) -> None:
    before = StaticFiles(folder(tmp_path, css__a="a{}")).url("khcal.css")
    assert StaticFiles(folder(tmp_path, css__a="a{}")).url("khcal.css") == before
    assert StaticFiles(folder(tmp_path, css__a="b{}")).url("khcal.css") != before


def test_the_style_sheet_names_the_font_by_its_hash(client: FlaskClient) -> None:
    files = StaticFiles(STATIC)
    urls = re.findall(r'url\("([^"]+)"\)', content(files, "khcal.css"))
    assert urls == [files.url("fonts/atkinson-hyperlegible-next.woff2")]
    assert client.get(urls[0]).headers["Content-Type"] == "font/woff2"


def test_htmx_is_the_one_we_checked() -> None:
    file = STATIC / "vendor" / "htmx-4.0.1.min.js"
    digest = base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()
    assert file.with_name(f"{file.name}.integrity").read_text().strip() == f"sha384-{digest}"


@pytest.mark.parametrize("licence", ["vendor/htmx-LICENSE.txt", "fonts/OFL.txt", "icons/LUCIDE-LICENSE.txt"])
def test_what_others_made_comes_with_its_licence(licence: str) -> None:
    assert "permi" in (STATIC / licence).read_text().casefold()


@pytest.mark.parametrize("path", ["/", "/sjuharad/", "/goteborg/manad/2026-11", "/stockholm/vecka/2026-v48"])
def test_a_first_visit_is_small(sample_client: FlaskClient, path: str) -> None:
    files = loaded(sample_client, path)
    assert len(set(files)) + 1 <= MOST_REQUESTS
    weighed = [file for file in files if not file.endswith(".woff2")]
    assert sum(size(sample_client, file) for file in [path, *weighed]) <= MOST_FIRST_VISIT
