package org.nutjvm.common.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;

/// The first words on a connection that is to be encrypted (clients/upsclient.c: upscli_sslinit).
///
/// @param socket connected, and nothing said on it
record StartTls(Socket socket, String host, int port, ClientTls tls, ClientTls.Terms terms) {
    /// Asks for encryption and begins it.
    ///
    /// @param handshakeTimeout for the handshake as a whole, zero for none
    /// @param readTimeout for the answer, zero for none
    /// @return null if the server has no encryption, and it is not required
    @Nullable
    Socket secured(Duration handshakeTimeout, Duration readTimeout) throws NutException {
        if (!offered(readTimeout)) {
            if (terms.required()) {
                throw NutException.ofSystem(
                        Reason.SSLFAIL,
                        "the server is not set up for it (CERTFILE in its upsd.conf), and "
                                + (terms.verify() ? "CERTVERIFY" : "FORCESSL") + " wants it",
                        null);
            }
            return null;
        }
        try {
            return tls.secure(socket, host, port, terms, Dial.millis(handshakeTimeout));
        } catch (SocketTimeoutException e) {
            throw NutException.ofTimeout(Reason.SSLERR, "the handshake was not done in time", "");
        } catch (TlsException e) {
            throw NutException.ofSystem(Reason.SSLERR, e.getMessage(), e);
        } catch (IOException e) {
            throw NutException.ofSystem(Reason.SSLERR, Dial.system(e), e);
        }
    }

    private boolean offered(Duration readTimeout) throws NutException {
        try {
            socket.getOutputStream().write("STARTTLS\n".getBytes(StandardCharsets.US_ASCII));
            var in = new ReplyReader(socket);
            in.readLine(Dial.millis(readTimeout));
            if (!in.startsWith("OK STARTTLS")) {
                return false;
            }
            if (!in.empty()) {
                // Whoever put it there hopes that it is taken for the server's later.
                throw NutException.ofSystem(Reason.SSLERR, "something came in clear text after STARTTLS", null);
            }
            return true;
        } catch (SocketTimeoutException e) {
            throw NutException.ofTimeout(Reason.SRVDISC, "", "no answer to STARTTLS");
        } catch (EOFException e) {
            throw NutException.of(Reason.SRVDISC, "the server closed the connection");
        } catch (NutException e) {
            throw e;
        } catch (IOException e) {
            throw NutException.ofSystem(Reason.READ, Dial.system(e), e);
        }
    }
}
