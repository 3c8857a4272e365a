"""Asks the vulnerability service about every package of the lock: python -m bench.audit PIP_AUDIT.

A finding fails; a service that cannot be reached does not, but what could not be checked is said.
"""

import json
import subprocess
import sys
from pathlib import Path

from bench.licences import LOCK


def main(pip_audit: Path) -> int:
    """The exit code: 0 unless something was found."""
    command = [str(pip_audit), "--require-hashes", "--requirement", str(LOCK)]
    told = subprocess.run(
        [*command, "--disable-pip", "--progress-spinner", "off", "--format", "json"], capture_output=True, text=True
    )
    try:
        packages = json.loads(told.stdout)["dependencies"]
    except json.JSONDecodeError:
        reason = told.stderr.strip().splitlines()[-1:] or ["没有说明"]
        print(f"pip-audit: 没有查成,漏洞情况不明:{reason[0][:300]}")
        return 0
    for package in packages:
        for found in package.get("vulns", ()):
            fixed = "、".join(found["fix_versions"]) or "还没有修正的版本"
            print(f"{package['name']} {package['version']}: {found['id']};修正于 {fixed}")
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    hit = sum(bool(package.get("vulns")) for package in packages)
    print(f"pip-audit: 共 {len(packages)} 个,查到有漏洞的 {hit} 个,服务没有答复的 {len(unknown)} 个")
    return 1 if hit else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
