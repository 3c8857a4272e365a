"""Where the service may listen: on this machine alone while everybody may do everything, elsewhere only with keys."""

from contextlib import closing
from ipaddress import ip_address

from api.store import Store
from ingest.errors import PublicBindRefused, StoreUnavailable
from ingest.settings import Settings


def check_binding(settings: Settings, host: str) -> bool:
    """Whether the service is open to everybody on this machine, because no key was ever made.

    Where staff sign in at a provider, it never is. Raises PublicBindRefused if other machines could call and no key
    was ever made, or none can be read.
    """
    if settings.has_oidc:
        return False
    is_public = not is_loopback(host)
    try:
        with closing(Store(settings.store)) as store:
            has_keys = bool(store.keys.all())
    except StoreUnavailable as error:
        if not is_public:
            # Who needs a role is refused until the store is back; questions are answered.
            return False
        raise PublicBindRefused(f"没有在 {host} 上监听:读不了密钥,{error.message}", error.remedy) from error
    if is_public and not has_keys:
        raise PublicBindRefused(
            f"没有在 {host} 上监听:还没有建过密钥,别的机器上人人都能使用全部功能。",
            "请先运行 policyqa keys add 名称 --role operator;只供本机使用的,请去掉 --host。",
        )
    return not has_keys


def is_loopback(host: str) -> bool:
    """Whether only this machine can call ``host``. A name counts as public: it may mean another address tomorrow."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
