#!/bin/bash
# Passes variables such as discovery.type on as settings, as the official image does.
settings=()
while IFS='=' read -r name value; do
  case $name in [a-z]*.*) settings+=("-E$name=$value") ;; esac
done < <(env)
exec bin/elasticsearch "${settings[@]}"
