/// Puts the run-time image together: a run-time linked from the JDK, the jars, a launcher and an AOT
/// cache for each program, and what they share. Runs while the project is built and is no part of the image.
@NullMarked
package org.nutjvm.packaging.image;

import org.jspecify.annotations.NullMarked;
