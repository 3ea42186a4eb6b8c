# As nginx:alpine: user nginx; the command is compose's.
FROM evently-rehearsal/base
RUN useradd --system --no-create-home nginx
