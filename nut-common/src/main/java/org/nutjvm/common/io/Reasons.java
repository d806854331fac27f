package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why something failed, in the words C programs print (strerror), for messages people and scripts know.
public final class Reasons {
    private Reasons() {}

    /// The reason alone, without the file's name that Java's messages carry.
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case NotDirectoryException _ -> "Not a directory";
            case FileAlreadyExistsException _ -> "File exists";
            case FileSystemLoopException _ -> "Too many levels of symbolic links";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> inBrackets(e);
        };
    }

    /// java.io's streams say `FILE (REASON)`, and so do programs that cannot be run.
    private static String inBrackets(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        String text = message.strip(); // that of a program that cannot be run has a blank behind it
        int open = text.lastIndexOf(" (");
        return open > 0 && text.endsWith(")") ? text.substring(open + 2, text.length() - 1) : text;
    }
}
