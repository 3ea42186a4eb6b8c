# As elasticsearch:9: settings by variables with dots in their names, data below the volume, user 1000.
FROM evently-rehearsal/base
RUN useradd --uid 1000 elasticsearch
COPY jdk /usr/share/jdk
COPY --chown=1000:1000 elasticsearch /usr/share/elasticsearch
COPY elasticsearch_entry.sh /usr/local/bin/
RUN cd /usr/share/elasticsearch && mkdir -p data logs && chown 1000:1000 . data logs && \
  printf '%s\n' 'network.host: 0.0.0.0' 'cluster.routing.allocation.disk.threshold_enabled: false' \
  >config/elasticsearch.yml
ENV ES_JAVA_HOME=/usr/share/jdk
WORKDIR /usr/share/elasticsearch
USER elasticsearch
ENTRYPOINT ["tini", "--", "elasticsearch_entry.sh"]
