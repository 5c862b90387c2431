# One image with the three programs, statically linked; compose picks one by command.
# The final image holds nothing else: no shell, no package manager.

FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
# The Temporal server makes the first build long; the cache keeps what it compiled.
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/var/cache/go-build \
    GOCACHE=/var/cache/go-build CGO_ENABLED=0 \
    go build -trimpath -ldflags='-s -w' -o /out/bin/ ./cmd/vinhdanh ./cmd/temporal-server ./cmd/standalone \
 && mkdir -p /out/blobs \
 && echo 'vinhdanh:x:65532:65532:vinhdanh:/nonexistent:/sbin/nologin' > /out/passwd

FROM scratch
LABEL org.opencontainers.image.title="vinhdanh" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/passwd /etc/passwd
COPY --from=build /out/bin/ /usr/local/bin/
# A new volume takes its owner from the directory it is mounted on.
COPY --from=build --chown=65532:65532 /out/blobs /var/lib/vinhdanh/blobs
ENV PATH=/usr/local/bin
USER 65532:65532
CMD ["vinhdanh", "--help"]
