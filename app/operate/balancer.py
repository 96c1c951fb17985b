"""Several processes behind one address: nginx's configuration, with a cookie for each student.

A session lives in one process. The cookie `tunnelscope` names that process, not the person; where
it is gone or not ready, the next request goes to another, and the state comes from the link.
"""

from collections.abc import Sequence
from pathlib import Path

SITE = """\
# Tunnelscope behind nginx: {count} processes, one address. Made by
#   tunnelscope serve --processes {count}{options}
# It belongs among the sites of nginx, for example /etc/nginx/conf.d/tunnelscope.conf. Each process:
#   tunnelscope serve --port PORT --allow-origin lab.example.org{below}

proxy_cache_path {cache} keys_zone=tunnelscope:1m max_size=64m inactive=7d;

{upstreams}
split_clients $request_id $lab_new {{
{shares}
}}

# A student stays where the session is.
map $cookie_tunnelscope $lab {{
{known}
    default $lab_new;
}}

map $cookie_tunnelscope $lab_cookie {{
{silent}
    default "tunnelscope=$lab_new; Path={prefix}/; HttpOnly; SameSite=Lax";
}}

map $http_upgrade $lab_connection {{
    "" "";
    default upgrade;
}}

map $upstream_http_cache_control $lab_keep {{
    "" "public, max-age=3600";
}}

server {{
    listen {listen};
    # Both logs would hold the addresses of people and what they asked for.
    access_log off;
    error_log stderr emerg;
    client_max_body_size 1m;

    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 1000;
    gzip_types text/css text/javascript application/javascript application/json image/svg+xml;

    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $lab_connection;
    proxy_connect_timeout 2s;
    proxy_read_timeout 1h;
    proxy_next_upstream error timeout http_503;

    location {prefix}/ {{
        add_header Set-Cookie $lab_cookie;
        proxy_pass http://$lab;
    }}

    location ~ ^{prefix}/(static|components|modules)/ {{
        add_header Cache-Control $lab_keep;
        proxy_cache tunnelscope;
        proxy_cache_valid 200 1h;
        proxy_cache_lock on;
        proxy_pass http://$lab;
    }}

    location = {prefix}/metrics {{
        return 404;
    }}
}}
"""

UPSTREAM = """\
upstream {name} {{
    server {own} max_fails=1 fail_timeout=5s;
{others}}}
"""

ALONE = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr emerg;
worker_processes 1;

events {{
    worker_connections 4096;
}}

http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/tunnelscope.conf;
}}
"""
"""nginx for these processes alone, without rights: what it writes stands in a folder."""


def site(replicas: Sequence[str], listen: str, prefix: str, cache: str) -> str:
    """nginx's site for processes at these addresses, below `prefix` ("" or "/lab")."""
    names = [f"lab_{number}" for number, _ in enumerate(replicas, 1)]
    share = f"{100 / len(names):.2f}%"
    return SITE.format(
        count=len(names),
        options=f" --prefix {prefix}" if prefix else "",
        below=f" --prefix {prefix}" if prefix else "",
        cache=cache,
        upstreams="\n".join(
            upstream(name, own, replicas) for name, own in zip(names, replicas, strict=True)
        ),
        shares="\n".join(f"    {share if name != names[-1] else '*'} {name};" for name in names),
        known="\n".join(f"    {name} {name};" for name in names),
        silent="\n".join(f'    {name} "";' for name in names),
        prefix=prefix,
        listen=listen,
    )


def upstream(name: str, own: str, replicas: Sequence[str]) -> str:
    """A process, and the others for when it is gone or not ready."""
    others = "".join(f"    server {other} backup;\n" for other in replicas if other != own)
    return UPSTREAM.format(name=name, own=own, others=others)


def write(folder: Path, replicas: Sequence[str], listen: str, prefix: str) -> Path:
    """Write what nginx needs to run for these processes alone; the file to start it with."""
    folder.chmod(0o711)  # started by root, nginx works as another user
    text = site(replicas, listen, prefix, f"{folder}/cache")
    (folder / "tunnelscope.conf").write_text(text, "utf-8")
    whole = folder / "nginx.conf"
    whole.write_text(ALONE.format(folder=folder), "utf-8")
    return whole
