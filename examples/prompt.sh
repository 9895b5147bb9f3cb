#!/bin/sh
# Say what you want; when you stop talking, the agent gets it. Any command will do that takes a
# prompt as its last argument: AGENT='codex exec' prompt.sh
prompt=$(lull "$@") || exit
[ -n "$prompt" ] || exit 0
exec ${AGENT:-claude -p} "$prompt"
