package org.nutjvm.cgi.ups;

import java.util.List;

/// What can be changed at UPSes. Each call is a conversation of its own with the server.
public interface Control {
    /// The variables that can be set.
    List<Setting> settings(String ups) throws UpsTrouble;

    /// The instant commands.
    List<Command> commands(String ups) throws UpsTrouble;

    /// Has a command run.
    ///
    /// @return what the server answers: `OK`, or with tracking what the driver made of it
    String instcmd(String ups, Login login, String command) throws UpsTrouble;

    /// A value wanted for a variable.
    record Wish(String name, String value) {}

    /// What became of a wish.
    ///
    /// @param before the value it had; empty if that could not be read
    /// @param answer what the server answered: `OK`, or why not
    record Change(String name, String before, String value, boolean done, String answer) {}

    /// Sets variables, those whose value is another than wanted.
    ///
    /// @return what was tried, in order
    List<Change> set(String ups, Login login, List<Wish> wishes) throws UpsTrouble;
}
