# As redis:alpine: user redis; the command is compose's.
FROM evently-rehearsal/base
WORKDIR /data
RUN chown redis:redis /data
CMD ["redis-server", "--protected-mode", "no"]
