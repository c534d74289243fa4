#!/bin/sh
# Stands in for soffice and is as troublesome as the file that it is given says.
case "$(cat "$HOME"/in.*)" in
  hang) sleep 600 & echo "$!" > "$HOME/child"; wait ;;
  crash) kill -9 $$ ;;
  grow) kept=$(head -c 900000000 /dev/zero | tr '\0' a); sleep 600 ;;
  environment) env > "$HOME/out/in.docx" ;;
  words) echo "$@" > "$HOME/out/in.docx" ;;
esac
