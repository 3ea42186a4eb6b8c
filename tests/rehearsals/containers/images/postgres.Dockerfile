# As postgres:18-alpine: PGDATA below the volume, POSTGRES_* on the first start.
FROM evently-rehearsal/base
ENV PATH=/usr/lib/postgresql/18/bin:$PATH PGDATA=/var/lib/postgresql/18/docker LANG=C.UTF-8
RUN mkdir -p /var/run/postgresql && chown postgres:postgres /var/run/postgresql
COPY postgres_entry.sh /usr/local/bin/
STOPSIGNAL SIGINT
ENTRYPOINT ["postgres_entry.sh"]
CMD ["postgres"]
