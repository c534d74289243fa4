# One instruction a line: .ci/play-dockerfile.mjs plays them where there is no Docker engine.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
COPY workers workers
RUN npm run build
RUN npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
RUN install -d -m 700 -o node -g node /data
VOLUME /data
# Optional, 210 MB: LibreOffice for damaged and very old Word files (a RUN line here):
#   apt-get update && apt-get install -y --no-install-recommends libreoffice-writer-nogui
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/src/web/assets src/web/assets
COPY package.json .npmrc ./
COPY bin bin
COPY config config
# The sample mails: without a mailbox it plays the rehearsal.
COPY fixtures/personas fixtures/personas
COPY fixtures/rehearsal fixtures/rehearsal
USER node
HEALTHCHECK --interval=1m --timeout=15s --start-period=3m CMD ["node", "bin/shouli.mjs", "health"]
CMD ["node", "--no-memory-reducer", "bin/shouli.mjs", "start"]
