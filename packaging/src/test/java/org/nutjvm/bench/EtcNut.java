package org.nutjvm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A mount namespace in which a directory is /etc/nut, for programs that have that place built in. Root only.
final class EtcNut implements AutoCloseable {
    private final Process holder;

    EtcNut(Path directory) throws IOException {
        String script = "mount --bind '" + directory + "' /etc/nut && echo ready && exec sleep 600";
        holder = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] said = holder.getInputStream().readNBytes("ready\n".length());
        if (!new String(said, StandardCharsets.US_ASCII).equals("ready\n")) {
            holder.destroy();
            throw new IOException("no mount namespace: " + new String(said, StandardCharsets.US_ASCII));
        }
    }

    /// What starts a program in it.
    List<String> prefix() {
        return List.of("nsenter", "--target", Long.toString(holder.pid()), "--mount");
    }

    @Override
    public void close() {
        holder.destroy();
    }
}
