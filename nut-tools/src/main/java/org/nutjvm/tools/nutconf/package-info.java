/// nutconf: changes configuration files from the command line.
@NullMarked
package org.nutjvm.tools.nutconf;

import org.jspecify.annotations.NullMarked;
