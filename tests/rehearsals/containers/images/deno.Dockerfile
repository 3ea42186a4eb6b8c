# As denoland/deno:debian: user deno, tini as entry.
FROM evently-rehearsal/base
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY deno /usr/bin/deno
RUN useradd --uid 1993 --user-group deno && mkdir /deno-dir && chown deno:deno /deno-dir
# Packages come through whatever proxy this machine trusts.
ENV DENO_DIR=/deno-dir DENO_TLS_CA_STORE=system
ENTRYPOINT ["tini", "--"]
