# One image for every process of BizOSaaS; the command says which one it is.
FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production BIZOSAAS_ENV=production HOST=0.0.0.0 DATA_DIR=/data
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --strict-allow-scripts && npm cache clean --force
COPY . .
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 3000
CMD ["node", "--import=tsx", "api/main.ts"]
