# As prom/prometheus: user nobody, data below the volume; the options are compose's.
FROM evently-rehearsal/base
COPY prometheus /usr/bin/prometheus
RUN mkdir /prometheus && chown nobody:nogroup /prometheus
USER nobody
ENTRYPOINT ["prometheus"]
