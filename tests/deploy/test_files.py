"""Compose and Kubernetes say what the server's options, addresses and times are."""

import re
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from app.cli.main import cli
from app.operate.stopping import GOODBYE, GRACE, SETTLE
from tests.test_docs import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
KUBERNETES = {
    one["kind"]: one for one in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8"))
}
POD = KUBERNETES["Deployment"]["spec"]["template"]["spec"]
LAB = POD["containers"][0]


@pytest.mark.parametrize("words", [COMPOSE["services"]["lab1"]["command"], LAB["args"]])
def test_the_command_has_options_that_the_server_has(words: list[str]) -> None:
    told = CliRunner().invoke(cli, ["serve", "--help"], env={"COLUMNS": "200"}).output
    plain = re.sub(r"\x1b\[[\d;]*m", "", told)
    assert words[0] == "serve"
    assert all(word in plain for word in words if word.startswith("--"))


def test_kubernetes_asks_what_the_server_answers() -> None:
    probes: dict[str, Any] = {name: LAB[name] for name in LAB if name.endswith("Probe")}
    asked = {name: probe["httpGet"]["path"] for name, probe in probes.items()}
    assert asked == {
        "startupProbe": "/health",
        "readinessProbe": "/health",
        "livenessProbe": "/liveness",
    }
    (port,) = LAB["ports"]
    assert all(probe["httpGet"]["port"] == port["name"] for probe in probes.values())
    assert str(port["containerPort"]) in LAB["args"]
    selector = KUBERNETES["Service"]["spec"]["selector"]
    template = KUBERNETES["Deployment"]["spec"]["template"]
    assert selector.items() <= template["metadata"]["labels"].items()


def test_what_runs_has_time_to_end_and_no_rights() -> None:
    least = GRACE + SETTLE + GOODBYE
    assert POD["terminationGracePeriodSeconds"] > least
    assert LAB["securityContext"]["readOnlyRootFilesystem"]
    assert POD["securityContext"]["runAsNonRoot"]
    for name in ("lab1", "lab2"):
        lab = COMPOSE["services"][name]
        assert float(lab["stop_grace_period"].removesuffix("s")) > least
        assert lab["read_only"]


def test_the_proxy_of_compose_finds_what_its_file_asks_for() -> None:
    caddyfile = (DEPLOY / "Caddyfile").read_text("utf-8")
    proxy = COMPOSE["services"]["proxy"]
    names = set(re.findall(r"\{\$(\w+)", caddyfile))
    assert set(proxy["environment"]) <= names
    servers = {proxy["environment"][name].partition(":")[0] for name in ("LAB_1", "LAB_2")}
    assert servers <= set(COMPOSE["services"])
