# syntax=docker/dockerfile:1

# The build is the one that developers run: it fetches the wasm32 library, packs the site and
# compiles the server with the site inside.
FROM rust:1.95-bookworm AS build
WORKDIR /partake
COPY . .
RUN cargo xtask build \
    && mkdir --parents /out/data \
    && cp target/release/partake /out/partake
# Letters for the pictures of charts, Chinese ones among them.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-dejavu-core fonts-droid-fallback \
    && rm -rf /var/lib/apt/lists/*

# No shell, no package manager, a user without rights.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /out/partake /usr/local/bin/partake
COPY --from=build /usr/share/fonts/truetype/dejavu /usr/share/fonts/truetype/droid /usr/share/fonts/truetype/
COPY --from=build --chown=65532:65532 /out/data /data
ENV PARTAKE_ADDR=0.0.0.0:3000 \
    DATABASE_URL=sqlite:///data/partake.db?mode=rwc
WORKDIR /data
VOLUME /data
EXPOSE 3000
# nonroot, as a number so that an engine can see that it is not root.
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["/usr/local/bin/partake", "doctor", "--server", "127.0.0.1:3000"]
ENTRYPOINT ["/usr/local/bin/partake"]
CMD ["serve"]
