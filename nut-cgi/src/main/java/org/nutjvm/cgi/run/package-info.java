/// The programs: what the web server hands over becomes a request, files and servers answer questions.
@NullMarked
package org.nutjvm.cgi.run;

import org.jspecify.annotations.NullMarked;
