package org.nutjvm.common.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
    private static PrivateKey read(String file, String password) throws Exception {
        Pem.@Nullable Block parameters = null;
        for (var block : Pem.blocks(Files.readString(Fixtures.file(file)))) {
            if (PrivateKeys.is(block)) {
                return PrivateKeys.read(block, parameters, password);
            }
            parameters = block;
        }
        throw new AssertionError("no key in " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs1", "pkcs1-aes128", "pkcs1-aes192", "pkcs1-aes256", "pkcs1-des3"})
    void everyFormOfAnRsaKeyIsTheSameKey(String form) throws Exception {
        var expected = read("rsa-pkcs8.pem", "");
        assertArrayEquals(
                expected.getEncoded(), read("rsa-" + form + ".pem", "secret").getEncoded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sec1",
                "sec1-aes256",
                "params",
                "pbes2-aes-128-cbc",
                "pbes2-aes-192-cbc",
                "pbes2-aes-256-cbc",
                "pbes2-des3",
                "pbes2-sha512",
                "pbes1-3des"
            })
    void everyFormOfAnEcKeyIsTheSameKey(String form) throws Exception {
        var expected = (ECPrivateKey) read("ec-pkcs8.pem", "");
        var key = (ECPrivateKey) read("ec-" + form + ".pem", "secret");
        assertEquals(expected.getS(), key.getS());
        assertEquals(expected.getParams().getOrder(), key.getParams().getOrder());
    }

    @Test
    void edwardsCurvesAreRead() throws Exception {
        assertEquals("EdDSA", read("ed25519-pkcs8.pem", "").getAlgorithm());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs1-aes256", "ec-pbes2-aes-256-cbc", "ec-pbes1-3des", "ec-sec1-aes256"})
    void aWrongPasswordIsSaidToBeOne(String form) {
        var wrong = assertThrows(PrivateKeys.Unusable.class, () -> read(form + ".pem", "guess"));
        assertTrue(wrong.why().contains("password in CERTIDENT does not open it"), wrong.why());
        var none = assertThrows(PrivateKeys.Unusable.class, () -> read(form + ".pem", ""));
        assertTrue(none.why().contains("its password has to be in CERTIDENT"), none.why());
    }

    @Test
    void aKeyEncryptedInAWayNobodyElseKnowsComesWithTheCure() {
        var scrypt = assertThrows(PrivateKeys.Unusable.class, () -> read("ec-scrypt.pem", "secret"));
        assertTrue(scrypt.why().contains("openssl pkcs8 -topk8"), scrypt.why());
    }

    /// Whatever is in the file: an answer or the one exception that is expected.
    @Test
    void damagedKeysAreOnlyUnusable() throws Exception {
        var random = new Random(1);
        for (var file : new String[] {"rsa-pkcs1.pem", "ec-sec1.pem", "ec-pbes2-aes-256-cbc.pem", "ec-pkcs8.pem"}) {
            var block = Pem.blocks(Files.readString(Fixtures.file(file))).getFirst();
            int refused = 0;
            for (int i = 0; i < 200; i++) {
                byte[] bytes = block.bytes().clone();
                // the number of rounds is left alone, which may well be two thousand million
                bytes[random.nextInt(Math.min(bytes.length, 24))] = (byte) random.nextInt();
                try {
                    PrivateKeys.read(new Pem.Block(block.type(), Map.of(), bytes, 1), null, "secret");
                } catch (PrivateKeys.Unusable e) {
                    refused++;
                }
            }
            assertTrue(refused > 50, file + ": " + refused);
        }
    }

    @Test
    void aBlockOfAnotherKindIsRefusedByName() {
        var dsa = new Pem.Block("DSA PRIVATE KEY", Map.of(), Base64.getDecoder().decode("AAAA"), 1);
        var refused = assertThrows(PrivateKeys.Unusable.class, () -> PrivateKeys.read(dsa, null, ""));
        assertTrue(refused.why().contains("DSA PRIVATE KEY"), refused.why());
    }
}
