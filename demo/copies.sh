# Sourced by demo/run: makes pirate copies of videos with ffmpeg, two at a time, and notes what each one holds.
# shellcheck shell=bash disable=SC2154
# Expects $work, $uploads, $overlays and $unrelated to name folders, $expected the file of what is true of the copies,
# and $with_licence_card to be yes or no. Times are whole milliseconds.

readonly copied_ms_at_most=120000
readonly encoding=(-c:v libx264 -preset superfast -crf 27 -pix_fmt yuv420p -c:a aac -b:a 64k -ar 44100 -ac 2
  -map_metadata -1 -movflags +faststart)
# Square pixels, even sides, the short one at most 540.
readonly upright="scale=w='trunc(iw*sar/2)*2':h='trunc(ih/2)*2',setsar=1"
readonly shape="$upright,scale=w='if(gt(iw,ih),-2,trunc(min(540,iw)/2)*2)':h='if(gt(iw,ih),trunc(min(540,ih)/2)*2,-2)'"

copies_planned=0 copies_done=0
declare -A copy_of_pid=()

# "12.3456" -> 12345
ms_of() {
  local whole=${1%%.*} rest=000
  [[ $1 == *.* ]] && rest="${1#*.}000"
  printf '%d' "$((10#${whole:-0} * 1000 + 10#${rest:0:3}))"
}

# 12345 -> 12.345
seconds_of() { printf '%d.%03d' "$(($1 / 1000))" "$(($1 % 1000))"; }

probe() { ffprobe -v error "$@" 2>/dev/null | head -n 1; }

# How long the picture of FILE is, or nothing when it has none. Still pictures inside sound files do not count.
duration_ms() {
  local value
  value=$(probe -select_streams V:0 -show_entries stream=codec_type -of csv=p=0 "$1") || return 0
  [[ $value == video* ]] || return 0
  value=$(probe -select_streams V:0 -show_entries stream=duration -of csv=p=0 "$1") || true
  value=${value%%,*}
  [[ $value =~ ^[0-9]+(\.[0-9]+)?$ ]] || value=$(probe -show_entries format=duration -of csv=p=0 "$1") || true
  value=${value%%,*}
  if [[ $value =~ ^[0-9]+(\.[0-9]+)?$ ]]; then ms_of "$value"; fi
}

# How much of FILE a copy takes.
copied_ms() {
  local all
  all=$(duration_ms "$1")
  printf '%d' "$((all < copied_ms_at_most ? all : copied_ms_at_most))"
}

has_sound() { [[ -n $(probe -select_streams a:0 -show_entries stream=index -of csv=p=0 "$1") ]]; }

# "540 960": the size of FILE's upright picture after $shape.
canvas_of() {
  local probe_file="$work/logs/canvas.ppm" width height
  ffmpeg -nostdin -v error -y -i "$1" -vf "$shape" -frames:v 1 -f image2 -update 1 -c:v ppm "$probe_file"
  { read -r && read -r width height; } < <(head -c 32 "$probe_file" | tr -d '\0')
  rm -f "$probe_file"
  printf '%d %d' "$width" "$height"
}

# row UPLOAD VERDICT [SERIES EPISODE QUERY_BEGIN QUERY_END REFERENCE_BEGIN REFERENCE_END]: one line of expected.tsv.
row() {
  if (($# == 2)); then
    printf '%s\t%s\t-\t-\t-\t-\n' "$1" "$2"
  else
    printf '%s\t%s\t%s\t%d\t%s-%s\t%s-%s\n' "$1" "$2" "$3" "$4" "$(seconds_of "$5")" "$(seconds_of "$6")" \
      "$(seconds_of "$7")" "$(seconds_of "$8")"
  fi >>"$expected"
}

show_copies() {
  if [[ -t 2 ]]; then
    printf '\r\033[Kpirate copies: %d/%d %s' "$copies_done" "$copies_planned" "$1" >&2
  else
    printf 'copied %d/%d: %s\n' "$copies_done" "$copies_planned" "$1" >&2
  fi
}

# Waits for one copy to be ready.
await_copy() {
  local pid='' status=0 name
  wait -n -p pid "${!copy_of_pid[@]}" || status=$?
  name=${copy_of_pid[$pid]}
  unset "copy_of_pid[$pid]"
  if ((status != 0)); then
    printf '\ndemo: ffmpeg failed on the copy %s:\n' "$name" >&2
    tail -n 5 "$work/logs/$name.log" >&2
    exit 1
  fi
  mv "$uploads/.part-$name" "$uploads/$name"
  ((++copies_done))
  show_copies "$name"
}

await_copies() {
  while ((${#copy_of_pid[@]} > 0)); do await_copy; done
  if [[ -t 2 ]]; then printf '\n' >&2; fi
}

stop_copies() {
  if ((${#copy_of_pid[@]} > 0)); then kill "${!copy_of_pid[@]}" 2>/dev/null || true; fi
}

# start_copy NAME FFMPEG_ARGUMENT...: inputs and filters; the encoding is the same for all.
start_copy() {
  local name=$1
  shift
  while ((${#copy_of_pid[@]} >= 2)); do await_copy; done
  ffmpeg -nostdin -v error -y "$@" "${encoding[@]}" -f mp4 "$uploads/.part-$name" >"$work/logs/$name.log" 2>&1 &
  copy_of_pid[$!]=$name
  if [[ -t 2 ]]; then show_copies "$name"; fi
}

# edited_copy NAME SOURCE SERIES EPISODE PICTURE_FILTER [SOUND_FILTER [SPEED_PERCENT]]: all of SOURCE, edited.
edited_copy() {
  local name=$1 source=$2 picture=$5 sound=${6:-anull} speed=${7:-100} ms
  ms=$(copied_ms "$source")
  start_copy "$name" -t "$(seconds_of "$ms")" -i "$source" -map 0:V:0 -map '0:a:0?' -vf "$shape,$picture" -af "$sound"
  row "$name" infringing "$3" "$4" 0 "$((ms * 100 / speed))" 0 "$ms"
}

smaller_copy() {
  edited_copy "$@" "scale=w='if(gt(iw,ih),-2,360)':h='if(gt(iw,ih),360,-2)'"
}

mirrored_copy() { edited_copy "$@" hflip; }

faster_copy() { edited_copy "$@" 'setpts=PTS/1.1,fps=25' atempo=1.1 110; }

# Strips with other subtitles over the old ones, and a site's mark.
subtitled_copy() {
  local name=$1 source=$2 ms graph
  ms=$(copied_ms "$source")
  graph="[0:V:0]${shape}[picture];[picture][1:v]overlay=x=(W-w)/2:y=H*0.87-h/2:shortest=1[lines];"
  graph+="[lines][2:v]overlay=x=W-w-12:y=H*0.05:shortest=1[out]"
  start_copy "$name" -t "$(seconds_of "$ms")" -i "$source" \
    -f image2 -loop 1 -framerate 1/3 -i "${overlays//%/%%}/strip%d.ppm" \
    -f image2 -pattern_type none -loop 1 -framerate 1 -i "$overlays/mark.ppm" \
    -filter_complex "$graph" -map '[out]' -map '0:a:0?'
  row "$name" infringing "$3" "$4" 0 "$ms" 0 "$ms"
}

dubbed_copy() {
  local name=$1 source=$2 ms
  ms=$(copied_ms "$source")
  start_copy "$name" -t "$(seconds_of "$ms")" -i "$source" -stream_loop -1 -i "$overlays/dub.wav" \
    -map 0:V:0 -map 1:a:0 -vf "$shape" -t "$(seconds_of "$ms")"
  row "$name" infringing "$3" "$4" 0 "$ms" 0 "$ms"
}

# glue NAME CANVAS PART...: a PART is "BEGIN_MS LENGTH_MS FILE"; all become one video of one size.
glue() {
  local name=$1 width=${2% *} height=${2#* } inputs=() graph='' joined='' input=0 part begin length file sound
  shift 2
  for part in "$@"; do
    begin=${part%% *} part=${part#* } length=${part%% *} file=${part#* }
    inputs+=(-ss "$(seconds_of "$begin")" -t "$(seconds_of "$length")" -i "$file")
    sound=$input
    if ! has_sound "$file"; then
      inputs+=(-f lavfi -t "$(seconds_of "$length")" -i anullsrc=r=44100:cl=stereo)
      sound=$((input + 1))
    fi
    graph+="[$input:V:0]$shape,scale=$width:$height:force_original_aspect_ratio=increase,crop=$width:$height,"
    graph+="setsar=1,fps=25,format=yuv420p[v$input];"
    graph+="[$sound:a:0]aresample=44100,aformat=sample_fmts=fltp:channel_layouts=stereo[a$input];"
    joined+="[v$input][a$input]"
    input=$((sound + 1))
  done
  start_copy "$name" "${inputs[@]}" -filter_complex "$graph${joined}concat=n=$#:v=1:a=1[v][a]" -map '[v]' -map '[a]'
}

# Ten seconds, or what there is, between 12 and 10 seconds of somebody else's video.
excerpt_copy() {
  local name=$1 source=$2 all begin length
  all=$(duration_ms "$source")
  length=$((all < 10000 ? all : 10000))
  begin=$(((all - length) * 2 / 3 / 1000 * 1000))
  glue "$name" "$(canvas_of "$source")" "0 12000 $unrelated/host.mp4" "$begin $length $source" \
    "12000 10000 $unrelated/host.mp4"
  row "$name" infringing "$3" "$4" 12000 "$((12000 + length))" "$begin" "$((begin + length))"
}

# compilation_copy NAME {SOURCE SERIES EPISODE}...
compilation_copy() {
  local name=$1 canvas parts=() at=0 ms
  canvas=$(canvas_of "$2")
  shift
  while (($# > 0)); do
    ms=$(copied_ms "$1")
    parts+=("0 $ms $1")
    row "$name" infringing "$2" "$3" "$at" "$((at + ms))" 0 "$ms"
    at=$((at + ms))
    shift 3
  done
  glue "$name" "$canvas" "${parts[@]}"
}

# A video in which nothing of the catalog is to be found.
clear_copy() {
  start_copy "$1" -i "$2" -vf "$shape"
  row "$1" clear
}

# make_copies {SOURCE SERIES EPISODE}...: one to six sources, edited in turn; where there are fewer, they are used
# again. `glued` lists the sources, in the same form, that become one video.
make_copies() {
  local sources=("$@") count=$(($# / 3)) picked=()
  pick() { picked=("${sources[@]:$((3 * (($1 - 1) % count))):3}"); }
  rm -rf -- "$uploads" "$expected"
  mkdir -p "$uploads"
  printf 'upload\tverdict\tseries\tepisode\tquery_seconds\treference_seconds\n' >"$expected"
  copies_planned=7
  if ((${#glued[@]} > 3)); then ((++copies_planned)); fi
  if [[ $with_licence_card == yes ]]; then ((++copies_planned)); fi
  pick 1 && smaller_copy smaller-360p.mp4 "${picked[@]}"
  pick 2 && mirrored_copy mirrored.mp4 "${picked[@]}"
  pick 3 && subtitled_copy new-subtitles.mp4 "${picked[@]}"
  pick 4 && faster_copy faster-1.1x.mp4 "${picked[@]}"
  pick 5 && excerpt_copy excerpt-in-another-video.mp4 "${picked[@]}"
  pick 6 && dubbed_copy dubbed.mp4 "${picked[@]}"
  if ((${#glued[@]} > 3)); then compilation_copy episodes-glued-together.mp4 "${glued[@]}"; fi
  clear_copy unrelated.mp4 "$unrelated/stranger.mp4"
  if [[ $with_licence_card == yes ]]; then
    clear_copy licence-card-then-unrelated.mp4 "$unrelated/licence-card.mp4"
  fi
  await_copies
}
