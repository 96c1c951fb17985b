FROM python:3.13.9-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/tunnelscope
ENV PATH=/opt/tunnelscope/bin:$PATH
COPY constraints.txt ./
RUN pip install --no-cache-dir --constraint constraints.txt hatchling editables
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY assets assets
COPY lessons lessons
COPY locales locales
COPY solver solver
RUN pip install --no-cache-dir --constraint constraints.txt --no-build-isolation .
# Image layers keep whole seconds, and numba trusts a kernel only if its source's time is unchanged.
RUN kernels="$(python -c 'import solver; print(solver.__path__[0])')" && \
    find "$kernels" -name '*.py' -exec touch --date=2026-01-01 {} + && \
    python -m compileall -q -f "$kernels" && \
    python -c "from app.stage.drawn import figures_blocks; figures_blocks(); figures_blocks(\"mystery\")"

FROM python:3.13.9-slim-bookworm
RUN useradd --create-home --uid 1000 tunnelscope
COPY --from=build /opt/tunnelscope /opt/tunnelscope
ENV PATH=/opt/tunnelscope/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NUMBA_CACHE_DIR=/home/tunnelscope/kernels
USER tunnelscope
WORKDIR /home/tunnelscope
# The kernels of the lab, of sweeps and of published configurations, ready for any user.
RUN python -c "from solver.warm import warm_up; warm_up()" && \
    tunnelscope scan --vary width=0.2:0.3:2 --runs --quality draft && \
    printf 't_final = 0.01\n' > warm.txt && tunnelscope run warm.txt && rm warm.txt && \
    chmod -R a+rwX /home/tunnelscope
EXPOSE 5006
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5006/health', timeout=4)"]
ENTRYPOINT ["tunnelscope"]
CMD ["serve", "--host", "0.0.0.0", "--port", "5006"]
