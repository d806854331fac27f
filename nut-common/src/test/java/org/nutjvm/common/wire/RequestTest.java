package org.nutjvm.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static Request read(String line) {
        return Request.of(Words.split(line));
    }

    @Test
    void verbsFoldCaseAndNamesDoNot() {
        assertEquals(new Request.GetVar("MyUps", "UPS.Status"), read("get Var MyUps UPS.Status"));
        assertEquals(new Request.ListClient("Dummy"), read("lIST client Dummy"));
        assertEquals(new Request.SetTracking(true), read("SET tracking on"));
    }

    @Test
    void wordsAfterTheLastNeededOneAreIgnoredByGetListAndSet() {
        assertEquals(new Request.GetVar("u", "v"), read("GET VAR u v more"));
        assertEquals(new Request.ListUps(), read("LIST UPS more"));
        assertEquals(new Request.SetVar("u", "v", "a b"), read("SET VAR u v \"a b\" more"));
        assertEquals(new Request.GetUpsDesc("u"), read("GET UPSDESC u more"));
    }

    @Test
    void aParameterFollowedByMoreIsNoParameter() {
        assertEquals(new Request.Instcmd("u", "c", Optional.empty()), read("INSTCMD u c"));
        assertEquals(new Request.Instcmd("u", "c", Optional.of("5")), read("INSTCMD u c 5"));
        assertEquals(new Request.Instcmd("u", "c", Optional.empty()), read("INSTCMD u c 5 6"));
    }

    @Test
    void trackingIsAskedForInGeneralOrById() {
        assertEquals(new Request.GetTracking(Optional.empty()), read("GET TRACKING"));
        assertEquals(new Request.GetTracking(Optional.of("id")), read("GET TRACKING id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "GET VAR",
                "GET VAR u",
                "GET NUMLOGINS",
                "GET NOSUCH a b c",
                "LIST",
                "LIST CLIENT",
                "LIST VAR",
                "LIST ENUM u",
                "LIST NOSUCH u v",
                "VER now",
                "PROTVER now",
                "HELP me",
                "LOGOUT now",
                "USERNAME",
                "USERNAME a b",
                "PASSWORD"
            })
    void wrongNumberOrKindOfArgumentsIsInvalid(String line) {
        assertEquals(new Request.Refused(NutError.INVALID_ARGUMENT, false), read(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOGIN",
                "LOGIN a b",
                "PRIMARY",
                "MASTER a b",
                "FSD",
                "SET",
                "SET VAR u v",
                "SET TRACKING",
                "SET TRACKING maybe",
                "SET NOSUCH a b c",
                "INSTCMD u"
            })
    void argumentsOfPrivilegedVerbsAreLookedAtAfterTheUser(String line) {
        assertEquals(new Request.Refused(NutError.INVALID_ARGUMENT, true), read(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NOSUCH", "=", "GETVAR u v"})
    void anythingElseIsUnknown(String line) {
        assertEquals(new Request.Refused(NutError.UNKNOWN_COMMAND, false), read(line));
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN u, true",
        "PRIMARY u, true",
        "MASTER u, true",
        "FSD u, true",
        "SET VAR u v w, true",
        "SET TRACKING ON, true",
        "INSTCMD u c, true",
        "LOGOUT, false",
        "USERNAME u, false",
        "GET VAR u v, false",
        "LIST UPS, false",
        "STARTTLS anything, false"
    })
    void privilegedVerbsNeedAUser(String line, boolean needed) {
        assertEquals(needed, read(line).needsUser());
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertFalse(new Request.Password("secret").toString().contains("secret"));
        assertEquals(new Request.Password("secret"), Request.of(List.of("PASSWORD", "secret")));
    }

    @ParameterizedTest
    @EnumSource(NutError.class)
    void errorsAreWordsOfTheProtocol(NutError error) {
        assertEquals("ERR " + error.word(), error.text());
        assertFalse(error.word().contains("_"));
    }
}
