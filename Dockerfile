# One image for every role: serve (default), web, work, admin, migrate.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

WORKDIR /app

# The libraries first, by the same road as on any machine, so that a change of our code does not fetch them again.
# Behind a package mirror, give pip's own configuration: docker build --secret id=pip,src=$HOME/.config/pip/pip.conf .
COPY requirements.txt ./
COPY bot/entrance/install.py bot/entrance/install.py
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,required=false \
    PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 python3 bot/entrance/install.py runtime

COPY bot bot
COPY admin_api admin_api
COPY locales locales

# An account without rights; only the data folder is its own. It has a name because PostgreSQL's initdb asks for one.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin allervers \
    && install -d -o 10001 -g 10001 -m 0700 /data
USER 10001:10001
VOLUME /data

ENV PATH=/app/.venv/bin:$PATH \
    ALLERVERS_DATA_DIR=/data \
    ALLERVERS_HTTP_HOST=0.0.0.0 \
    PYTHONDONTWRITEBYTECODE=1
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('ALLERVERS_HTTP_PORT', '8080') + '/healthz', timeout=3)"]

ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
