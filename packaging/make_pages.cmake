# SPDX-License-Identifier: Apache-2.0
# Run by `cmake --install`: the man pages and the completion, made by the program itself from its option tables, so that they
# can't lag behind. -DPROGRAM= -DSOURCE= (this folder) -DOUTPUT=
cmake_policy(VERSION 3.25)

function(ask_program TO)
  execute_process(COMMAND ${PROGRAM} ${ARGN} OUTPUT_VARIABLE text RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "'${PROGRAM} ${ARGN}' failed: ${failed}")
  endif()
  set(${TO} "${text}" PARENT_SCOPE)
endfunction()

file(MAKE_DIRECTORY ${OUTPUT})
ask_program(completion completion bash)
file(WRITE ${OUTPUT}/umountbench.bash "${completion}")

ask_program(commands man-commands)
file(READ ${SOURCE}/man/umountbench.8.in page)
string(REPLACE "@COMMANDS@\n" "${commands}" page "${page}")
file(WRITE ${OUTPUT}/umountbench.8 "${page}")
file(COPY_FILE ${SOURCE}/man/umountbench-results.5 ${OUTPUT}/umountbench-results.5)
# -n: the same bytes whenever they are made.
execute_process(COMMAND gzip -9nf umountbench.8 umountbench-results.5 WORKING_DIRECTORY ${OUTPUT}
                COMMAND_ERROR_IS_FATAL ANY)
