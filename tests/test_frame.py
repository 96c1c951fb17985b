"""Packaging, commands and documents agree with each other."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
HIDDEN_BUT_OURS = {".ci", ".dockerignore", ".gitignore"}
TEXT = {"", ".cfg", ".css", ".html", ".js", ".json", ".md", ".py", ".svg", ".toml", ".txt", ".yaml"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def own_text_files() -> list[Path]:
    """The files under version control, or all but the hidden ones where there is no git."""
    git = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(git, capture_output=True, text=True, check=True).stdout.split("\0")
        paths = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        tops = [
            path
            for path in ROOT.iterdir()
            if not path.name.startswith(".") or path.name in HIDDEN_BUT_OURS
        ]
        paths = [path for top in tops for path in (top, *top.rglob("*"))]
    return [path for path in paths if path.is_file() and path.suffix in TEXT]


def direct_dependencies() -> list[Requirement]:
    project = PROJECT["project"]
    groups = [
        PROJECT["build-system"]["requires"],
        project["dependencies"],
        *project["optional-dependencies"].values(),
    ]
    return [Requirement(text) for group in groups for text in group]


def pins() -> dict[str, str]:
    lines = [line for line in read("constraints.txt").splitlines() if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in (x.split("==") for x in lines)}


def test_constraints_hold_names_and_exact_versions_only() -> None:
    for line in read("constraints.txt").splitlines():
        assert re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line), line


@pytest.mark.parametrize("dependency", direct_dependencies(), ids=str)
def test_every_dependency_has_a_pin_it_accepts(dependency: Requirement) -> None:
    name = canonicalize_name(dependency.name)
    assert name in pins()
    assert dependency.specifier.contains(pins()[name])


@pytest.mark.parametrize(
    "target", ["serve", "test", "check", "audit", "bench", "load", "docs", "format", "clean"]
)
def test_makefile_has_the_target(target: str) -> None:
    makefile = read("Makefile")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert re.search(rf"^\.PHONY:.*\b{target}\b", makefile, re.MULTILINE)


def test_the_wheel_has_what_serving_needs_of_the_browsers_code_and_no_more() -> None:
    packed = WheelBuilder(str(ROOT)).recurse_included_files()
    found = {file.distribution_path for file in packed}
    code = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "assets").rglob("*")
        if path.suffix in {".js", ".css", ".html"} and not path.name.endswith(".test.js")
    }
    assert {name for name in found if name.startswith("assets/")} == code


def test_changelog_begins_with_the_version_of_the_package() -> None:
    top = re.search(r"^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$", read("CHANGELOG.md"), re.MULTILINE)
    assert top
    assert top[1] == PROJECT["project"]["version"]


def test_readme_begins_with_the_two_commands() -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```", read("README.md"), re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    assert [line for line in lines if line][:2] == ["make serve", "make test"]


MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|home/(?!tunnelscope)\w+|Users/\w+|tmp|mnt)/"  # one machine's path
    r"|file:/{2}"
    r"|(?:index-url|extra-index-url|find-links|trusted-host)\b"
    r"|/simple/|pypi\.org|pythonhosted|registry\.npmjs|artifactory|devpi"
)


def test_no_file_names_a_machine_path_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in own_text_files()
        if path != Path(__file__)
        for hit in MACHINE.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_the_solver_knows_no_flag_of_the_command_line() -> None:
    flags = re.compile(r"(?<![-\w])--[a-z][-a-z]*")
    found = {
        str(path.relative_to(ROOT)): flags.findall(path.read_text("utf-8"))
        for path in (ROOT / "solver").rglob("*.py")
    }
    assert {name: flags for name, flags in found.items() if flags} == {}


def test_ci_run_is_executable_and_calls_both_commands() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    lines = read(".ci/run").splitlines()
    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]
    assert lines[-1] == "make test", "ends with the test runner's own closing line"
    assert lines[-2] == 'export COVERED="--cov --cov-report="', "measures what is covered"


def dockerfile_instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n\s*", "", read("Dockerfile"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


@pytest.mark.parametrize("word", ["ENTRYPOINT", "CMD"])
def test_docker_starts_without_a_shell(word: str) -> None:
    assert [rest[0] for found, rest in dockerfile_instructions() if found == word] == ["["]


def test_docker_runs_as_an_ordinary_user() -> None:
    users = [rest for word, rest in dockerfile_instructions() if word == "USER"]
    assert users
    assert users[-1] not in {"root", "0"}


def test_docker_asks_whether_the_server_is_ready_without_building_a_page() -> None:
    checks = [rest for word, rest in dockerfile_instructions() if word == "HEALTHCHECK"]
    assert len(checks) == 1
    assert 'CMD ["python"' in checks[0]
    assert "http://127.0.0.1:5006/health" in checks[0]


FLAT = {
    name: 36 if name == "solver" else 12
    for package in ("solver", "app")
    for folder in (ROOT / package, *(ROOT / package).rglob("*/"))
    if any(folder.glob("*.py"))
    for name in (folder.relative_to(ROOT).as_posix(),)
}
"""Modules besides __init__ that a folder may hold: more is a room too many for one head."""


@pytest.mark.parametrize("folder", FLAT)
def test_no_folder_holds_more_than_a_head_does(folder: str) -> None:
    modules = [path.name for path in (ROOT / folder).glob("*.py") if path.name != "__init__.py"]
    assert 0 < len(modules) <= FLAT[folder], sorted(modules)
